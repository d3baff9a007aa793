-- Electronic forms, and the schema of all rooms of the citizen's door.
create schema portal;
grant usage on schema portal to motcua_app;
