// The QR on a card carries the code after "#", which a browser never sends. Without this script the code is typed.
(function () {
  var field = document.getElementById("id_kode");
  var code = decodeURIComponent(location.hash.slice(1)).replace(/[^0-9A-Za-z]/g, "").toUpperCase();
  if (!field || code.length !== 8) return;
  field.value = code.slice(0, 4) + "-" + code.slice(4);
  // Not left in the address bar or the history of a shared phone.
  history.replaceState(null, "", location.pathname);
})();
