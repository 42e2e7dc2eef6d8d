/* wrong parent after the merge of 2026-06-30, see OPS-22317 */
UPDATE contacts
   SET associatedcompanyid = 31170266480
 WHERE vid IN (1704413352, 1704413377, 1704998120);
DELETE FROM note_association WHERE note_id = 74401186235;
