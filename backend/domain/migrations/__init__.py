"""What records that outlive a version were called before: sessions in Redis, and entries that wait to be written."""
