"""Kode wilayah of the Ministry of Home Affairs: province, kabupaten/kota, kecamatan, desa/kelurahan, and how they changed."""
