-- The hub of one site. Every desk appends its own chain and reads the others'; nobody changes what is there.
-- Each function is the only way to its table: a desk's role has EXECUTE on them and nothing else.

CREATE SCHEMA kiosk;

CREATE TABLE kiosk.site (
    one boolean PRIMARY KEY DEFAULT true CHECK (one),
    fingerprint text NOT NULL,  -- of the site key, by HMAC: tells two sites apart and nothing else
    name text NOT NULL,
    timezone text NOT NULL,
    address text NOT NULL,      -- host:port as the desks write it
    ca text NOT NULL            -- the certificate this hub shows, PEM
);

CREATE TABLE kiosk.desk (
    gate text PRIMARY KEY CHECK (gate ~ '^[a-z0-9][a-z0-9-]{0,19}$'),
    number int NOT NULL UNIQUE CHECK (number BETWEEN 0 AND 19),
    name text NOT NULL DEFAULT '',
    role text NOT NULL UNIQUE,
    seen_at timestamptz,
    gone_at timestamptz,        -- the site has given it up; its work and its number stay
    known_at timestamptz,       -- up to here everything that desk did is in this hub
    clock_offset_ms bigint NOT NULL DEFAULT 0,  -- how far that desk's clock is ahead of this one
    program text NOT NULL DEFAULT '',
    revision text NOT NULL DEFAULT '',
    quarantined text NOT NULL DEFAULT '',       -- fork, gap or forged
    quarantined_seq bigint NOT NULL DEFAULT 0
);

CREATE TABLE kiosk.invite (
    gate text PRIMARY KEY REFERENCES kiosk.desk,
    sealed text NOT NULL,       -- what the desk needs, under a key that only the code gives
    expires_at timestamptz NOT NULL
);

-- "at" and "by" are the journal's own words, so that an entry is the same text everywhere.
CREATE TABLE kiosk.entry (
    position bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
    gate text NOT NULL,         -- a desk's: kiosk.append writes the caller's own and no other
    seq bigint NOT NULL,
    "at" text NOT NULL,
    "by" text NOT NULL,
    code text NOT NULL,
    facts text NOT NULL,
    images text NOT NULL,
    prev text NOT NULL,
    hash text NOT NULL,
    PRIMARY KEY (gate, seq)
);

CREATE TABLE kiosk.subject_key (
    id text PRIMARY KEY,
    wrapped text NOT NULL,      -- by the site key, which is never here; '' once erased
    erased_at timestamptz
);

CREATE TABLE kiosk.claim (
    thing_id text PRIMARY KEY,
    home text NOT NULL,
    by_gate text NOT NULL DEFAULT '',
    loan_ref text NOT NULL DEFAULT '',
    fence bigint NOT NULL,
    state text NOT NULL CHECK (state IN ('free', 'asked', 'given', 'refused')),
    asked_at timestamptz NOT NULL,
    why text NOT NULL DEFAULT ''
);

CREATE FUNCTION kiosk.own_gate() RETURNS text LANGUAGE plpgsql STABLE
    SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE own text;
BEGIN
    SELECT gate INTO own FROM kiosk.desk WHERE role = session_user;
    IF own IS NULL THEN
        RAISE EXCEPTION 'no desk has the role %', session_user USING ERRCODE = 'KH001';
    END IF;
    RETURN own;
END $$;

-- The text that is hashed: the same as kiosk/desk/journal.py makes, keys sorted and no spaces.
CREATE FUNCTION kiosk.digest(
    prev text, gate text, seq bigint, "at" text, "by" text, code text, facts text, images text
) RETURNS text LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT encode(sha256(convert_to(prev
        || '{"at":' || to_json("at")::text || ',"by":' || to_json("by")::text
        || ',"code":' || to_json(code)::text || ',"facts":' || facts
        || ',"gate":' || to_json(gate)::text || ',"images":' || images
        || ',"seq":' || seq || '}', 'UTF8')), 'hex')
$$;

CREATE FUNCTION kiosk.heads() RETURNS TABLE (gate text, seq bigint, hash text)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT d.gate, e.seq, e.hash FROM kiosk.desk d CROSS JOIN LATERAL (
        SELECT seq, hash FROM kiosk.entry WHERE gate = d.gate ORDER BY seq DESC LIMIT 1) e
$$;

-- Takes entries as ``own``'s: the desk itself through ``append``, the owner when a hub is filled anew.
CREATE FUNCTION kiosk.append_as(own text, entries jsonb, keys jsonb, OUT seq bigint,
        OUT problem text, OUT bad bigint)
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    head text;
    one record;
    there text;
    wrote boolean := false;
    newest record;
BEGIN
    IF jsonb_array_length(entries) > 500 THEN
        RAISE EXCEPTION 'more than 500 entries at once' USING ERRCODE = 'KH002';
    END IF;
    -- Two connections of one desk take turns here: each sees the other's head.
    SELECT d.quarantined, d.quarantined_seq INTO problem, bad FROM kiosk.desk d WHERE d.gate = own FOR UPDATE;
    SELECT e.seq, e.hash INTO seq, head FROM kiosk.entry e
        WHERE e.gate = own ORDER BY e.seq DESC LIMIT 1;
    seq := coalesce(seq, 0);
    head := coalesce(head, repeat('0', 64));
    IF problem <> '' THEN
        RETURN;
    END IF;
    -- A batch that follows the head without a flaw is written as a whole, a third faster than one by
    -- one. Any other is gone through below, entry by entry.
    WITH read AS (
        SELECT row_number() OVER () AS n, r.* FROM jsonb_to_recordset(entries) AS r(gate text,
            seq bigint, "at" text, "by" text, code text, facts text, images text, prev text,
            hash text)
    ), seen AS MATERIALIZED (
        SELECT r.*, (r.gate = own
            AND r.seq = append_as.seq + r.n
            AND r.prev = coalesce(lag(r.hash) OVER (ORDER BY r.n), head)
            AND r.hash = kiosk.digest(r.prev, r.gate, r.seq, r."at", r."by", r.code, r.facts,
                r.images)) IS TRUE AS fits
        FROM read r
    ), written AS (
        INSERT INTO kiosk.entry AS e (gate, seq, "at", "by", code, facts, images, prev, hash)
        SELECT s.gate, s.seq, s."at", s."by", s.code, s.facts, s.images, s.prev, s.hash FROM seen s
        WHERE NOT EXISTS (SELECT FROM seen WHERE NOT fits) ORDER BY s.n
        RETURNING e.seq, e.hash
    ) SELECT w.seq, w.hash INTO newest FROM written w ORDER BY w.seq DESC LIMIT 1;
    IF newest.seq IS NOT NULL THEN
        seq := newest.seq;
        head := newest.hash;
        wrote := true;
        entries := '[]';
    END IF;
    FOR one IN SELECT * FROM jsonb_to_recordset(entries) AS r(gate text, seq bigint, "at" text,
            "by" text, code text, facts text, images text, prev text, hash text) LOOP
        IF one.gate IS DISTINCT FROM own THEN
            RAISE EXCEPTION 'the desk % writes its own entries only', own USING ERRCODE = 'KH003';
        ELSIF one.hash IS DISTINCT FROM kiosk.digest(one.prev, one.gate, one.seq, one."at",
                one."by", one.code, one.facts, one.images) THEN
            problem := 'forged';
        ELSIF one.seq <= seq THEN
            SELECT e.hash INTO there FROM kiosk.entry e WHERE e.gate = own AND e.seq = one.seq;
            IF there = one.hash THEN
                CONTINUE;  -- sent before, and the answer was lost
            END IF;
            problem := 'fork';
        ELSIF one.seq > seq + 1 THEN
            problem := 'gap';
        ELSIF one.prev <> head THEN
            problem := 'fork';
        END IF;
        IF problem <> '' THEN
            bad := coalesce(one.seq, 0);
            UPDATE kiosk.desk d SET quarantined = problem, quarantined_seq = bad
                WHERE d.gate = own;
            EXIT;
        END IF;
        INSERT INTO kiosk.entry (gate, seq, "at", "by", code, facts, images, prev, hash)
            VALUES (one.gate, one.seq, one."at", one."by", one.code, one.facts, one.images,
                    one.prev, one.hash);
        seq := one.seq;
        head := one.hash;
        wrote := true;
    END LOOP;
    INSERT INTO kiosk.subject_key (id, wrapped)
        SELECT k.key, k.value FROM jsonb_each_text(coalesce(keys, '{}')) k WHERE k.value <> ''
        ON CONFLICT (id) DO NOTHING;  -- an erased one stays erased
    IF problem <> '' THEN
        PERFORM pg_notify('kiosk', 'quarantine ' || own);
    ELSIF wrote THEN
        PERFORM pg_notify('kiosk', 'entries');
    END IF;
END $$;

CREATE FUNCTION kiosk.append(entries jsonb, keys jsonb, OUT seq bigint, OUT problem text,
        OUT bad bigint)
    LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT a.seq, a.problem, a.bad FROM kiosk.append_as(kiosk.own_gate(), entries, keys) a
$$;

CREATE FUNCTION kiosk.pull(heads jsonb, most int) RETURNS TABLE (gate text, seq bigint, "at" text,
        "by" text, code text, facts text, images text, prev text, hash text)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT e.gate, e.seq, e."at", e."by", e.code, e.facts, e.images, e.prev, e.hash
    FROM kiosk.desk d CROSS JOIN LATERAL (
        SELECT * FROM kiosk.entry
        WHERE gate = d.gate AND seq > coalesce((heads ->> d.gate)::bigint, 0)
            AND (d.quarantined = '' OR seq < d.quarantined_seq)
        ORDER BY seq LIMIT most) e
    WHERE d.gate <> kiosk.own_gate()
    ORDER BY e.position LIMIT most
$$;

-- A desk whose disk died asks for its own chain once more.
CREATE FUNCTION kiosk.own_entries(since bigint, most int) RETURNS TABLE (gate text, seq bigint,
        "at" text, "by" text, code text, facts text, images text, prev text, hash text)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT e.gate, e.seq, e."at", e."by", e.code, e.facts, e.images, e.prev, e.hash
    FROM kiosk.entry e WHERE e.gate = kiosk.own_gate() AND e.seq > since ORDER BY e.seq LIMIT most
$$;

CREATE FUNCTION kiosk.keys_of(ids text[]) RETURNS TABLE (id text, wrapped text)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT k.id, k.wrapped FROM kiosk.subject_key k WHERE k.id = ANY (ids)
$$;

CREATE FUNCTION kiosk.erase(ids text[]) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM kiosk.own_gate();
    INSERT INTO kiosk.subject_key (id, wrapped, erased_at) SELECT i, '', now() FROM unnest(ids) i
        ON CONFLICT (id) DO UPDATE SET wrapped = '', erased_at = now()
        WHERE kiosk.subject_key.wrapped <> '';
    PERFORM pg_notify('kiosk', 'erased');
END $$;

CREATE FUNCTION kiosk.hello(program text, revision text, clock timestamptz, all_sent boolean)
    RETURNS TABLE (server_clock timestamptz, fingerprint text, own boolean, gate text, number int,
        name text, seen_at timestamptz, clock_offset_ms bigint, desk_program text, desk_revision text,
        quarantined text, quarantined_seq bigint, head bigint, known_at timestamptz, gone boolean,
        site text)
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
#variable_conflict use_column
DECLARE here text := kiosk.own_gate();
BEGIN
    UPDATE kiosk.desk d SET seen_at = clock_timestamp(), program = hello.program,
            revision = hello.revision,
            known_at = CASE WHEN hello.all_sent THEN clock_timestamp() ELSE d.known_at END,
            clock_offset_ms = (extract(epoch FROM hello.clock - clock_timestamp()) * 1000)::bigint
        WHERE d.gate = here;
    RETURN QUERY SELECT clock_timestamp(), s.fingerprint, d.gate = here, d.gate, d.number, d.name,
            d.seen_at, d.clock_offset_ms, d.program, d.revision, d.quarantined, d.quarantined_seq,
            coalesce((SELECT max(e.seq) FROM kiosk.entry e WHERE e.gate = d.gate), 0),
            d.known_at, d.gone_at IS NOT NULL, s.name
        FROM kiosk.desk d CROSS JOIN kiosk.site s ORDER BY d.number;
END $$;

-- A desk started twice, from a copied disk, must not write one chain with two hands. The lock is
-- the connection's own: it is gone with it.
CREATE FUNCTION kiosk.is_only_one() RETURNS boolean
    LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT pg_try_advisory_lock(0, d.number) FROM kiosk.desk d WHERE d.gate = kiosk.own_gate()
$$;

-- A thing is asked of the desk that has its custody, ``home``. The fence grows with every change of
-- hands: whoever knows an older one has not seen the newest and gets the claim as it stands instead;
-- so does who asks second. A question that desk never answered keeps nobody else for long.
-- Ten seconds: rules.claim_wait_ms is that at most, so whoever asked has given up by then.
CREATE FUNCTION kiosk.ask(thing text, home text, fence bigint, loan_ref text) RETURNS kiosk.claim
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
#variable_conflict use_column
DECLARE
    here text := kiosk.own_gate();
    found kiosk.claim;
BEGIN
    INSERT INTO kiosk.claim AS c (thing_id, home, by_gate, loan_ref, fence, state, asked_at)
        VALUES (ask.thing, ask.home, here, ask.loan_ref, ask.fence + 1, 'asked', now())
        ON CONFLICT (thing_id) DO UPDATE SET by_gate = here, loan_ref = ask.loan_ref,
            fence = ask.fence + 1, state = 'asked', asked_at = now(), home = ask.home, why = ''
        WHERE c.fence <= ask.fence OR (c.fence = ask.fence + 1 AND c.state = 'asked'
            AND (c.by_gate = here OR c.asked_at < now() - interval '10 seconds'))
        RETURNING * INTO found;
    IF found.thing_id IS NOT NULL THEN
        PERFORM pg_notify('kiosk', 'claim ' || thing);
        RETURN found;
    END IF;
    SELECT * INTO found FROM kiosk.claim c WHERE c.thing_id = ask.thing;
    RETURN found;
END $$;

-- A no leaves no fence behind: the desk that has the thing knows the true one, and says it next time.
CREATE FUNCTION kiosk.answer(thing text, fence bigint, yes boolean, why text)
    RETURNS kiosk.claim
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
#variable_conflict use_column
DECLARE
    here text := kiosk.own_gate();
    found kiosk.claim;
BEGIN
    UPDATE kiosk.claim c SET state = CASE WHEN answer.yes THEN 'given' ELSE 'refused' END,
            fence = CASE WHEN answer.yes THEN c.fence ELSE 0 END, why = answer.why
        WHERE c.thing_id = answer.thing AND c.fence = answer.fence AND c.state = 'asked'
            AND c.home = here
        RETURNING * INTO found;
    IF found.thing_id IS NOT NULL THEN
        PERFORM pg_notify('kiosk', 'claim ' || thing);
        RETURN found;
    END IF;
    SELECT * INTO found FROM kiosk.claim c WHERE c.thing_id = answer.thing;
    RETURN found;
END $$;

-- What is asked of this desk, and what became of its own questions just now.
CREATE FUNCTION kiosk.claims() RETURNS SETOF kiosk.claim
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT c.* FROM kiosk.claim c
    WHERE (c.state = 'asked' AND c.home = kiosk.own_gate())
        OR (c.by_gate = kiosk.own_gate() AND c.asked_at > now() - interval '1 minute')
$$;

-- The one call of a desk that has only its code: it gives itself a password, once, in time.
CREATE FUNCTION kiosk.join(verifier text) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    here text := kiosk.own_gate();
    sealed text;
BEGIN
    IF verifier !~ '^SCRAM-SHA-256\$' THEN
        RAISE EXCEPTION 'a password is never sent as it is' USING ERRCODE = 'KH004';
    END IF;
    DELETE FROM kiosk.invite i WHERE i.gate = here AND i.expires_at > clock_timestamp()
        RETURNING i.sealed INTO sealed;
    IF sealed IS NULL THEN
        RAISE EXCEPTION 'the code of % is over or was used', here USING ERRCODE = 'KH005';
    END IF;
    EXECUTE format('ALTER ROLE %I PASSWORD %L VALID UNTIL ''infinity''', session_user, verifier);
    EXECUTE format('GRANT kiosk_desk TO %I', session_user);
    RETURN sealed;
END $$;

REVOKE ALL ON SCHEMA kiosk FROM PUBLIC;
REVOKE ALL ON ALL TABLES IN SCHEMA kiosk FROM PUBLIC;
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA kiosk FROM PUBLIC;
GRANT USAGE ON SCHEMA kiosk TO kiosk_desk, kiosk_guest;
GRANT EXECUTE ON FUNCTION kiosk.join TO kiosk_guest;
GRANT EXECUTE ON FUNCTION kiosk.heads, kiosk.append, kiosk.pull, kiosk.own_entries, kiosk.keys_of,
    kiosk.erase, kiosk.hello, kiosk.is_only_one, kiosk.ask, kiosk.answer, kiosk.claims TO kiosk_desk;
