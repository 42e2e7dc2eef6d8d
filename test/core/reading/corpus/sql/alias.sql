SELECT c.id, c.name
FROM companies c
WHERE c.id IN (
  51234567,
  51234568, -- sold
  512
)
