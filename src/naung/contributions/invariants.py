"""What must hold over all money, checked over the whole database for `naung doctor`."""

from __future__ import annotations

from django.db import connection

from naung.audit.problems import Problem

_AMOUNT = "l.jkk_rp + l.jkm_rp + l.jht_rp"

_BILLS: tuple[tuple[int | str, str, str], ...] = (
    (
        1,
        "Pekerja dengan dua pembayar pada bulan yang sama",
        """
        SELECT count(*) FROM (SELECT FROM contributions_billline WHERE live GROUP BY worker_id, month
                              HAVING count(*) > 1) twice
        """,
    ),
    (
        2,
        "Tagihan yang tidak sama dengan jumlah barisnya",
        """
        SELECT count(*) FROM contributions_bill b
          LEFT JOIN (SELECT bill_id, count(*) AS n, count(DISTINCT worker_id) AS people, sum(jkk_rp) AS jkk,
                            sum(jkm_rp) AS jkm, sum(jht_rp) AS jht
                       FROM contributions_billline GROUP BY bill_id) l ON l.bill_id = b.id
         WHERE (b.line_count, b.people, b.jkk_rp, b.jkm_rp, b.jht_rp) IS DISTINCT FROM
               (l.n, l.people, l.jkk, l.jkm, l.jht)
        """,
    ),
    (
        2,
        "Baris tagihan di luar bulan tagihannya",
        """
        SELECT count(*) FROM contributions_billline l JOIN contributions_bill b ON b.id = l.bill_id
         WHERE l.month NOT BETWEEN b.first_month AND b.last_month
        """,
    ),
    (
        2,
        "Tagihan yang lunas, batal, dan kreditnya tidak sama dengan barisnya",
        f"""
        SELECT count(*) FROM contributions_bill b
          JOIN (SELECT l.bill_id,
                       coalesce(sum({_AMOUNT}) FILTER (WHERE p.status = 'confirmed'), 0) AS paid,
                       coalesce(sum({_AMOUNT}) FILTER (WHERE p.status = 'confirmed' AND NOT l.live), 0) AS credited,
                       coalesce(sum({_AMOUNT}) FILTER (WHERE NOT l.live AND p.status IS DISTINCT FROM 'confirmed'), 0)
                           AS reversed
                  FROM contributions_billline l LEFT JOIN contributions_payment p ON p.id = l.payment_id
                 GROUP BY l.bill_id) s ON s.bill_id = b.id
         WHERE (b.paid_rp, b.credited_rp, b.reversed_rp) IS DISTINCT FROM (s.paid, s.credited, s.reversed)
        """,
    ),
    (
        3,
        "Status tagihan tidak sesuai dengan jumlah yang sudah dibayar",
        """
        SELECT count(*) FROM contributions_bill
         WHERE status <> CASE WHEN reversed_rp = total_rp THEN 'reversed'
                              WHEN paid_rp + reversed_rp = total_rp THEN 'paid'
                              WHEN paid_rp > 0 THEN 'partly_paid' ELSE 'issued' END
        """,
    ),
)

_PAYMENTS: tuple[tuple[int | str, str, str], ...] = (
    (
        3,
        "Bulan aktif tanpa pembayaran terkonfirmasi",
        """
        SELECT count(*) FROM contributions_billline l LEFT JOIN contributions_payment p ON p.id = l.payment_id
         WHERE l.live AND l.payment_id IS NOT NULL
           AND (p.status IS DISTINCT FROM 'confirmed' OR p.bill_id <> l.bill_id)
        """,
    ),
    (
        3,
        "Pembayaran yang tidak sama dengan bulan-orang yang diaktifkannya",
        f"""
        SELECT count(*) FROM contributions_payment p
          LEFT JOIN (SELECT l.payment_id, count(*) AS n, sum({_AMOUNT}) AS rp FROM contributions_billline l
                      WHERE l.payment_id IS NOT NULL GROUP BY l.payment_id) s ON s.payment_id = p.id
         WHERE p.status = 'confirmed' AND (p.amount_rp, p.line_count) IS DISTINCT FROM (s.rp, s.n)
        """,
    ),
    (
        11,
        "Pembayaran yang dicatat dan dikonfirmasi orang yang sama",
        "SELECT count(*) FROM contributions_payment WHERE recorded_by_id = confirmed_by_id",
    ),
)

_LEDGER: tuple[tuple[int | str, str, str], ...] = (
    (
        4,
        "Buku besar tidak sama dengan tagihan dan pembayaran",
        """
        WITH books AS (
            SELECT a.funding_line_id AS line,
                   coalesce(sum(moved.rp) FILTER (WHERE a.kind = 'payable'), 0) AS payable,
                   coalesce(sum(moved.rp) FILTER (WHERE a.kind = 'cash'), 0) AS cash,
                   coalesce(sum(moved.rp) FILTER (WHERE a.kind = 'receivable'), 0) AS receivable,
                   coalesce(sum(moved.rp) FILTER (WHERE a.kind = 'expense'), 0) AS expense
              FROM contributions_account a
              LEFT JOIN (SELECT debit_id AS account, amount_rp AS rp FROM contributions_transfer
                          UNION ALL
                         SELECT credit_id, -amount_rp FROM contributions_transfer) moved ON moved.account = a.id
             GROUP BY a.funding_line_id),
        bills AS (
            SELECT funding_line_id AS line, sum(total_rp - reversed_rp - paid_rp) AS owed, sum(paid_rp) AS paid,
                   sum(credited_rp) AS credited, sum(total_rp - reversed_rp - credited_rp) AS spent
              FROM contributions_bill GROUP BY funding_line_id)
        SELECT count(*) FROM bills FULL JOIN books USING (line)
         WHERE coalesce(owed, 0) <> -coalesce(payable, 0) OR coalesce(paid, 0) <> -coalesce(cash, 0)
            OR coalesce(credited, 0) <> coalesce(receivable, 0) OR coalesce(spent, 0) <> coalesce(expense, 0)
        """,
    ),
    (
        4,
        "Pemindahan tagihan atau pembayaran yang jumlahnya bukan jumlah tagihan atau pembayaran itu",
        """
        SELECT (SELECT count(*) FROM contributions_bill b JOIN contributions_transfer t ON t.id = b.transfer_id
                 WHERE t.amount_rp <> b.total_rp)
             + (SELECT count(*) FROM contributions_payment p JOIN contributions_transfer t ON t.id = p.transfer_id
                 WHERE t.amount_rp <> p.amount_rp)
        """,
    ),
    (
        4,
        "Pembatalan yang bukan kebalikan dari yang dibatalkannya",
        """
        SELECT count(*) FROM contributions_transfer u JOIN contributions_transfer t ON t.id = u.reverses_id
         WHERE (u.debit_id, u.credit_id, u.amount_rp) <> (t.credit_id, t.debit_id, t.amount_rp)
        """,
    ),
    (
        4,
        "Sumber dana yang tagihannya melampaui pagu",
        """
        SELECT count(*) FROM programmes_fundingline f
          JOIN (SELECT funding_line_id, sum(total_rp - reversed_rp - credited_rp) AS rp FROM contributions_bill
                 GROUP BY funding_line_id) b ON b.funding_line_id = f.id
         WHERE b.rp > f.ceiling_rp
        """,
    ),
)

_LINES: tuple[tuple[int | str, str, str], ...] = (
    (
        6,
        "Bulan yang ditagih di luar masa kepesertaan",
        """
        SELECT count(*) FROM contributions_billline l JOIN coverage_enrolment e ON e.id = l.enrolment_id
         WHERE l.live AND NOT e.period @> l.month
        """,
    ),
    (
        6,
        "Bulan yang ditagih sesudah bulan wafat",
        """
        SELECT count(*) FROM contributions_billline l JOIN registry_worker w ON w.id = l.worker_id
         WHERE l.live AND w.died_on IS NOT NULL AND l.month > w.died_on
        """,
    ),
    (
        "totals",
        "Ringkasan tagihan per bulan tidak sama dengan barisnya",
        f"""
        WITH truth AS (
            SELECT b.funding_line_id, l.area_code, l.month, count(*) AS billed, count(l.payment_id) AS paid,
                   sum({_AMOUNT}) AS billed_rp,
                   coalesce(sum({_AMOUNT}) FILTER (WHERE l.payment_id IS NOT NULL), 0) AS paid_rp
              FROM contributions_billline l JOIN contributions_bill b ON b.id = l.bill_id
             WHERE l.live GROUP BY 1, 2, 3)
        SELECT count(*) FROM truth r FULL JOIN coverage_monthtotal t USING (funding_line_id, area_code, month)
         WHERE coalesce(r.billed, 0) <> coalesce(t.billed, 0) OR coalesce(r.paid, 0) <> coalesce(t.paid, 0)
            OR coalesce(r.billed_rp, 0) <> coalesce(t.billed_rp, 0) OR coalesce(r.paid_rp, 0) <> coalesce(t.paid_rp, 0)
        """,
    ),
    (
        "orphans",
        "Baris tagihan tanpa tagihan, pekerja, kepesertaan, atau pembayarannya",
        """
        SELECT count(*) FROM contributions_billline l
          LEFT JOIN contributions_bill b ON b.id = l.bill_id
          LEFT JOIN registry_worker w ON w.id = l.worker_id
          LEFT JOIN coverage_enrolment e ON e.id = l.enrolment_id AND e.worker_id = l.worker_id
          LEFT JOIN contributions_payment p ON p.id = l.payment_id
         WHERE b.id IS NULL OR w.id IS NULL OR e.id IS NULL OR e.funding_line_id <> b.funding_line_id
            OR (l.payment_id IS NOT NULL AND p.id IS NULL)
        """,
    ),
)


def problems() -> list[Problem]:
    """Every rule about money that does not hold; empty when all is well."""
    found = []
    with connection.cursor() as cursor:
        for rule, words, sql in (*_BILLS, *_PAYMENTS, *_LEDGER, *_LINES):
            cursor.execute(sql)
            (count,) = cursor.fetchone()
            if count:
                found.append(Problem(rule, words, count))
    return found
