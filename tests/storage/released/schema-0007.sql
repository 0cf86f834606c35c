BEGIN TRANSACTION;
CREATE TABLE catalogues (
        base_url TEXT NOT NULL PRIMARY KEY,
        fetched_at INTEGER NOT NULL,
        payload BLOB NOT NULL
    );
CREATE TABLE connections (
        id INTEGER PRIMARY KEY,
        base_url TEXT NOT NULL UNIQUE
    );
INSERT INTO "connections" VALUES(1,'https://api.novita.ai/openai/v1');
CREATE TABLE drafts (
        name TEXT NOT NULL PRIMARY KEY,
        value TEXT NOT NULL,
        saved_at INTEGER NOT NULL
    );
CREATE TABLE meta (
        name TEXT NOT NULL PRIMARY KEY,
        value
    ) WITHOUT ROWID;
INSERT INTO "meta" VALUES('closed',1);
INSERT INTO "meta" VALUES('schema 1',1795550244970640);
CREATE TABLE price_lists (
        id INTEGER PRIMARY KEY,
        prices TEXT NOT NULL UNIQUE
    );
INSERT INTO "price_lists" VALUES(1,'{"bands":[{"from_tokens":0,"input":"2690","output":"4000","cache_read":"1345"},{"from_tokens":32000,"input":"5380","output":"1/3","cache_read":null}]}');
CREATE TABLE run_answers (
        run_id INTEGER PRIMARY KEY REFERENCES runs (id) ON DELETE CASCADE,
        text_codec INTEGER NOT NULL,
        text BLOB NOT NULL,
        reasoning_codec INTEGER NOT NULL,
        reasoning BLOB NOT NULL,
        raw_codec INTEGER NOT NULL DEFAULT 0,
        raw BLOB NOT NULL DEFAULT x'',
        error_codec INTEGER NOT NULL DEFAULT 0,
        error BLOB NOT NULL DEFAULT x''
    );
INSERT INTO "run_answers" VALUES(1,1,X'789CF338BCA4B438B548213157213835554FC163943FCAA7231F00D808EC19',0,X'5468696E6B206F662061206C616B652E',2,X'78BB75A6F178AB56CA4C51B252504ACE482C49CE2DC8D13554D201F1F23393538B8112D1D54AB9A9C5C589E9A9404EB552517E0E88A194585C9C595C92985702569D9F57920A6402C507DA3BA3FC91CD57AAAD8DAD050017430703',0,X'');
INSERT INTO "run_answers" VALUES(2,0,X'48616C6620616E',0,X'',0,X'',0,X'');
CREATE TABLE run_attempts (
        run_id INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
        number INTEGER NOT NULL,
        started_at INTEGER NOT NULL,
        duration_ms INTEGER NOT NULL,
        first_word_ms INTEGER,
        status INTEGER,
        charged INTEGER,
        wait_after_ms INTEGER,
        headers_codec INTEGER NOT NULL,
        headers BLOB NOT NULL,
        error_codec INTEGER NOT NULL,
        error BLOB NOT NULL,
        PRIMARY KEY (run_id, number)
    ) WITHOUT ROWID;
INSERT INTO "run_attempts" VALUES(1,1,1795000000000000,210,NULL,429,0,2000,0,X'',0,X'7B22636F6465223A22726174655F6C696D69746564222C226661637473223A5B5D2C2269735F726574727961626C65223A747275652C22737461747573223A3432392C22726561736F6E223A22524154455F4C494D49545F4558434545444544222C226D657373616765223A22546F6F206D616E79207265717565737473222C2274726163655F6964223A2230313233343536373839616263646566222C2268656164657273223A5B5B2272657472792D6166746572222C2232225D5D2C22626F6479223A227B5C22636F64655C223A3432397D227D');
INSERT INTO "run_attempts" VALUES(1,2,1795000002210000,2500,800,200,1,NULL,0,X'5B5B22782D74726163652D6964222C2266656463626139383736353433323130225D5D',0,X'');
CREATE TABLE run_groups (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        kind TEXT NOT NULL,
        title TEXT NOT NULL,
        lane TEXT NOT NULL,
        created_at INTEGER NOT NULL
    );
INSERT INTO "run_groups" VALUES(1,'prompt','Houses','interactive',1795000000000000);
CREATE TABLE run_requests (
        run_id INTEGER PRIMARY KEY REFERENCES runs (id) ON DELETE CASCADE,
        body_codec INTEGER NOT NULL,
        body BLOB NOT NULL,
        price_list_id INTEGER REFERENCES price_lists (id),
        retry_policy TEXT NOT NULL,
        connect_seconds REAL NOT NULL,
        first_word_seconds REAL NOT NULL,
        silence_seconds REAL NOT NULL
    );
INSERT INTO "run_requests" VALUES(1,0,X'7B226D6F64656C223A22646565707365656B2F646565707365656B2D76332E32222C226D65737361676573223A5B7B22726F6C65223A2275736572222C22636F6E74656E74223A2257726974652061626F757420686F7573657320627920746865206C616B65227D5D2C2273747265616D223A747275657D',1,'default',10.0,120.0,60.0);
INSERT INTO "run_requests" VALUES(2,0,X'7B226D6F64656C223A226D222C226D65737361676573223A5B5D7D',NULL,'default',10.0,120.0,60.0);
CREATE TABLE runs (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        group_id INTEGER NOT NULL REFERENCES run_groups (id),
        status TEXT NOT NULL,
        created_at INTEGER NOT NULL,
        ended_at INTEGER,
        duration_ms INTEGER,
        first_word_ms INTEGER,
        connection_id INTEGER NOT NULL REFERENCES connections (id),
        model TEXT NOT NULL,
        message_head TEXT NOT NULL,
        prompt_tokens INTEGER,
        completion_tokens INTEGER,
        cached_tokens INTEGER,
        reasoning_tokens INTEGER,
        usage_is_estimate INTEGER NOT NULL DEFAULT 0,
        cost_units INTEGER,
        cost_is_estimate INTEGER NOT NULL DEFAULT 0,
        charged INTEGER,
        finish_reason TEXT NOT NULL DEFAULT '',
        error_code TEXT NOT NULL DEFAULT '',
        retry_of INTEGER REFERENCES runs (id) ON DELETE SET NULL,
        continues INTEGER REFERENCES runs (id) ON DELETE SET NULL,
        attempt_count INTEGER NOT NULL DEFAULT 0
    );
INSERT INTO "runs" VALUES(1,1,'succeeded',1795000000000000,1795000003000000,3000,3010,1,'deepseek/deepseek-v3.2','Write about houses by the lake',12,160,0,0,0,123456,0,1,'stop','',NULL,NULL,2);
INSERT INTO "runs" VALUES(2,1,'running',1795000000000000,NULL,NULL,NULL,1,'deepseek/deepseek-v3.2','And one that never ended',NULL,NULL,NULL,NULL,0,NULL,0,NULL,'','',1,NULL,0);
CREATE TABLE settings (
        name TEXT NOT NULL PRIMARY KEY,
        value TEXT NOT NULL
    ) WITHOUT ROWID;
CREATE TABLE spending (
        quarter INTEGER NOT NULL,
        connection_id INTEGER NOT NULL REFERENCES connections (id),
        model TEXT NOT NULL,
        exact_runs INTEGER NOT NULL,
        exact_units INTEGER NOT NULL,
        estimated_runs INTEGER NOT NULL,
        estimated_units INTEGER NOT NULL,
        PRIMARY KEY (quarter, connection_id, model)
    ) WITHOUT ROWID;
INSERT INTO "spending" VALUES(1994444,1,'deepseek/deepseek-v3.2',1,123456,0,0);
CREATE INDEX runs_of_group ON runs (group_id);
CREATE INDEX runs_unfinished ON runs (id) WHERE ended_at IS NULL;
CREATE INDEX runs_retried ON runs (retry_of) WHERE retry_of IS NOT NULL;
CREATE INDEX runs_continued ON runs (continues) WHERE continues IS NOT NULL;
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('run_groups',1);
INSERT INTO "sqlite_sequence" VALUES('runs',2);
ALTER TABLE runs ADD COLUMN is_starred INTEGER NOT NULL DEFAULT 0;
ALTER TABLE runs ADD COLUMN note TEXT NOT NULL DEFAULT '';
ALTER TABLE runs ADD COLUMN deleted_at INTEGER;
ALTER TABLE runs ADD COLUMN is_indexed INTEGER NOT NULL DEFAULT 0;
CREATE INDEX runs_deleted ON runs (deleted_at) WHERE deleted_at IS NOT NULL;
CREATE INDEX runs_starred ON runs (id) WHERE is_starred = 1;
CREATE INDEX runs_unindexed ON runs (id) WHERE is_indexed = 0 AND ended_at IS NOT NULL;
CREATE INDEX runs_not_succeeded ON runs (id)
        WHERE status IN ('failed', 'stopped', 'interrupted');
CREATE VIRTUAL TABLE run_search USING fts5(
        message, system_prompt, answer, reasoning, model, preset, note,
        content = '', tokenize = 'unicode61 remove_diacritics 2'
    );
UPDATE runs SET is_starred = 1, note = 'worth keeping' WHERE id = 1;
CREATE TABLE presets (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        name TEXT NOT NULL,
        folder TEXT NOT NULL,
        is_favourite INTEGER NOT NULL DEFAULT 0,
        position INTEGER NOT NULL,
        version INTEGER NOT NULL,
        use_count INTEGER NOT NULL DEFAULT 0,
        last_values TEXT NOT NULL DEFAULT '{}',
        deleted_at INTEGER
    );
CREATE TABLE preset_versions (
        preset_id INTEGER NOT NULL REFERENCES presets (id) ON DELETE CASCADE,
        number INTEGER NOT NULL,
        saved_at INTEGER NOT NULL,
        description TEXT NOT NULL,
        form TEXT NOT NULL,
        PRIMARY KEY (preset_id, number)
    );
ALTER TABLE runs ADD COLUMN preset_id INTEGER;
ALTER TABLE runs ADD COLUMN preset_version INTEGER;
ALTER TABLE runs ADD COLUMN preset_name TEXT NOT NULL DEFAULT '';
INSERT INTO "presets" VALUES(1,'Greet','Support',1,1,1,3,'{"name":"Ann"}',NULL);
INSERT INTO "preset_versions" VALUES(1,1,1795000000000000,'Says hello','{"model":"m","message":"Hello {{ name }}","fields":{"name":{"kind":"line"}}}');
UPDATE runs SET preset_id = 1, preset_version = 1, preset_name = 'Greet' WHERE id = 1;
COMMIT;
PRAGMA application_id = 1315927620;
ALTER TABLE run_requests ADD COLUMN variables_codec INTEGER NOT NULL DEFAULT 0;
ALTER TABLE run_requests ADD COLUMN variables BLOB NOT NULL DEFAULT x'';
UPDATE run_requests SET variables = CAST('{"name":"Ann"}' AS BLOB) WHERE run_id = 1;
ALTER TABLE run_groups ADD COLUMN run_count INTEGER NOT NULL DEFAULT 0;
UPDATE run_groups SET run_count = (
        SELECT count(*) FROM runs WHERE group_id = run_groups.id AND deleted_at IS NULL);
CREATE INDEX run_groups_listed ON run_groups (id) WHERE run_count > 0;
INSERT OR REPLACE INTO meta (name, value)
        SELECT 'listed groups', count(*) FROM run_groups WHERE run_count > 0;
CREATE TRIGGER groups_counted AFTER UPDATE OF run_count ON run_groups
        WHEN (OLD.run_count > 0) <> (NEW.run_count > 0) BEGIN
        UPDATE meta SET value = value + (NEW.run_count > 0) - (OLD.run_count > 0)
            WHERE name = 'listed groups';
    END;
CREATE TRIGGER runs_counted_in AFTER INSERT ON runs WHEN NEW.deleted_at IS NULL BEGIN
        UPDATE run_groups SET run_count = run_count + 1 WHERE id = NEW.group_id;
    END;
CREATE TRIGGER runs_counted_out AFTER DELETE ON runs WHEN OLD.deleted_at IS NULL BEGIN
        UPDATE run_groups SET run_count = run_count - 1 WHERE id = OLD.group_id;
    END;
CREATE TRIGGER runs_counted_anew AFTER UPDATE OF deleted_at ON runs
        WHEN (OLD.deleted_at IS NULL) <> (NEW.deleted_at IS NULL) BEGIN
        UPDATE run_groups SET run_count = run_count + (OLD.deleted_at IS NOT NULL)
            - (NEW.deleted_at IS NOT NULL) WHERE id = NEW.group_id;
    END;
CREATE TABLE comparisons (
        group_id INTEGER PRIMARY KEY REFERENCES run_groups (id) ON DELETE CASCADE,
        form TEXT NOT NULL,
        columns TEXT NOT NULL,
        is_blind INTEGER NOT NULL,
        preset_id INTEGER
    );
CREATE TABLE comparison_rounds (
        group_id INTEGER NOT NULL REFERENCES comparisons (group_id) ON DELETE CASCADE,
        number INTEGER NOT NULL,
        variable_values TEXT NOT NULL,
        shown_order TEXT NOT NULL,
        verdict TEXT,
        best_column INTEGER,
        judged_at INTEGER,
        was_blind INTEGER NOT NULL DEFAULT 0,
        note TEXT NOT NULL DEFAULT '',
        PRIMARY KEY (group_id, number)
    ) WITHOUT ROWID;
CREATE TABLE comparison_cells (
        group_id INTEGER NOT NULL,
        round_number INTEGER NOT NULL,
        column_key INTEGER NOT NULL,
        run_id INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
        thumb INTEGER NOT NULL DEFAULT 0,
        PRIMARY KEY (group_id, round_number, column_key),
        FOREIGN KEY (group_id, round_number)
            REFERENCES comparison_rounds (group_id, number) ON DELETE CASCADE
    ) WITHOUT ROWID;
CREATE INDEX comparison_cells_of_run ON comparison_cells (run_id);
INSERT INTO "comparisons" VALUES(1,'{"message":"Hello {{ name }}","values":{"name":"Ann"}}','[{"key":1,"model":"a/b","system":null,"inputs":{}},{"key":2,"model":"a/b","system":"Be short","inputs":{"temperature":"0"}}]',1,1);
INSERT INTO "comparison_rounds" VALUES(1,1,'{}','[2,1]','best',1,1795000000000000,1,'clearer');
INSERT INTO "comparison_cells" VALUES(1,1,1,1,1);
CREATE TABLE batches (
        group_id INTEGER PRIMARY KEY REFERENCES run_groups (id) ON DELETE CASCADE,
        origin TEXT NOT NULL,
        columns TEXT NOT NULL,
        form TEXT NOT NULL,
        sources TEXT NOT NULL,
        state TEXT NOT NULL,
        pause_reason TEXT
    );
CREATE TABLE batch_rows (
        group_id INTEGER NOT NULL REFERENCES batches (group_id) ON DELETE CASCADE,
        number INTEGER NOT NULL,
        cells_codec INTEGER NOT NULL,
        cells BLOB NOT NULL,
        state TEXT NOT NULL,
        run_id INTEGER REFERENCES runs (id) ON DELETE SET NULL,
        problem TEXT NOT NULL DEFAULT '',
        PRIMARY KEY (group_id, number)
    ) WITHOUT ROWID;
CREATE INDEX batch_rows_by_state ON batch_rows (group_id, state, number);
CREATE INDEX batch_rows_of_run ON batch_rows (run_id) WHERE run_id IS NOT NULL;
INSERT INTO "batches" VALUES(1,'{"name":"Häuser.csv","path":"/tables/Häuser.csv","size":120,"modified_at":1795000000000000}','["id","house"]','{"message":"Describe {{ house }}"}','{"variable:house":{"kind":"column","text":"house"}}','running',NULL);
INSERT INTO "batch_rows" VALUES(1,1,0,X'5B2231222C224861757320616D20536565225D','done',1,'');
INSERT INTO "batch_rows" VALUES(1,2,0,X'5B2232222C2248C3BC747465225D','running',2,'');
INSERT INTO "batch_rows" VALUES(1,3,0,X'5B2233222C22225D','skipped',NULL,'variable:house missing');
INSERT INTO "batch_rows" VALUES(1,4,1,X'789C8B563251D251722A2D4A571825060DA1140B00B5FB88A1','planned',NULL,'');
PRAGMA user_version = 7;
