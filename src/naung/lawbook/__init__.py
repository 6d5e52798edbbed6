"""What people record about the law: lines compared with the gazette, and answers to what it leaves open."""
