-- The end of a personal token, by which its maker tells it from others.
ALTER TABLE token ADD COLUMN last_part TEXT;
