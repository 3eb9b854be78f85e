SET statement_timeout = 0;
SELECT pg_catalog.set_config('search_path', '', false);

--
-- Name: beds; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.beds (
    id bigint NOT NULL,
    label character varying
);

--
-- Name: plants; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.plants (
    id bigint NOT NULL,
    name character varying NOT NULL,
    nickname character varying,
    bed_id integer NOT NULL,
    watered_at timestamp(6) without time zone
);

ALTER TABLE ONLY public.beds ADD CONSTRAINT beds_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.plants ADD CONSTRAINT plants_pkey PRIMARY KEY (id);

CREATE INDEX index_plants_on_bed_id ON public.plants USING btree (bed_id);

SET search_path TO "$user", public;

INSERT INTO "schema_migrations" (version) VALUES
('20260301080000');
