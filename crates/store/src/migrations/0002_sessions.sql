-- Sessions end by themselves: whose time is over is found without walking all of them.
CREATE INDEX token_login ON token (created) WHERE kind = 'login';
CREATE INDEX token_expires ON token (expires) WHERE expires IS NOT NULL;
