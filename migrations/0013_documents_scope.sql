-- Files ask for their agency as the tables of the dossiers do, so that row-level security leaves the indexes usable.
alter policy own_agency on documents.file
  using (array_position((select platform.scope_agencies()), agency_id) is not null or dossier_id = (select platform.scope_dossier()))
  with check (array_position((select platform.scope_agencies()), agency_id) is not null or dossier_id = (select platform.scope_dossier()));
