-- Người nộp sửa hồ sơ: dòng cũ của một người ở lại vì nhật ký gọi tên nó, nhưng không còn dùng để tìm, tra cứu, liên hệ.
-- Its name leaves the search; the indexes of its numbers stay, so that a request for erasure still finds them.
alter table dossiers.person add column superseded_at timestamptz;
alter table dossiers.person add constraint person_superseded check (superseded_at is null or name_key is null);
comment on column dossiers.person.superseded_at is 'Thời điểm người nộp sửa và dòng khác thay dòng này; trống khi đang có hiệu lực';
