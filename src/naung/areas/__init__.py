"""Kode wilayah of the Ministry of Home Affairs, from province to village, and how they changed."""
