WHERE company_id IN (
  512,
  513,
  514
)