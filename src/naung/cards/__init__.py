"""Card codes, and the public page on which a worker sees whether somebody pays: `/cek/`."""
