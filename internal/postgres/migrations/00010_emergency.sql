-- +goose Up

-- Which emergency services there are is configured (configs/emergency.yaml).
ALTER TABLE ticket DROP CONSTRAINT ticket_service_check;
ALTER TABLE ticket ADD CONSTRAINT ticket_service_check CHECK (service ~ '^([0-9]{3,4})?$');
