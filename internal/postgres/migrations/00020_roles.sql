-- +goose Up

ALTER TABLE staff DROP CONSTRAINT staff_role_check;
ALTER TABLE staff ADD CONSTRAINT staff_role_check CHECK (
    role IN ('agent', 'shift_lead', 'supervisor', 'admin', 'auditor', 'agency_officer', 'editor'));
ALTER TABLE api_token DROP CONSTRAINT api_token_role_check;
ALTER TABLE api_token ADD CONSTRAINT api_token_role_check CHECK (
    role IN ('agent', 'shift_lead', 'supervisor', 'admin', 'auditor', 'agency_officer', 'editor'));
