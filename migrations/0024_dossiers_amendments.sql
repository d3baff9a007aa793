-- Người nộp sửa hồ sơ: dòng cũ của một người ở lại vì nhật ký gọi tên nó, nhưng không còn dùng để tìm, tra cứu, liên hệ.
-- Its name leaves the search; the indexes of its numbers stay, so that a request for erasure still finds them.
alter table dossiers.person add column superseded_at timestamptz;
alter table dossiers.person add constraint person_superseded check (superseded_at is null or name_key is null);
comment on column dossiers.person.superseded_at is 'Thời điểm người nộp sửa và dòng khác thay dòng này; trống khi đang có hiệu lực';

-- Dữ liệu tờ khai do Cổng Dịch vụ công quốc gia gửi mà không khớp biểu mẫu nào của cơ quan: giữ lại cho cán bộ xem.
alter table portal.national_dossier add column other_data bytea;
comment on column portal.national_dossier.other_data is 'Dữ liệu khác của tờ khai, được mã hóa; trống khi không có hoặc đã xóa';
