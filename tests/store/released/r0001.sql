BEGIN TRANSACTION;
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('r0001');
CREATE TABLE entries (
	source VARCHAR NOT NULL, 
	id VARCHAR NOT NULL, 
	url TEXT NOT NULL, 
	first_seen DATETIME NOT NULL, 
	last_seen DATETIME NOT NULL, 
	position INTEGER NOT NULL, 
	failed_reads INTEGER NOT NULL, 
	read_at DATETIME, 
	listed_hash VARCHAR, 
	listed_date DATETIME, 
	edits INTEGER NOT NULL, 
	archive INTEGER, 
	published DATETIME, 
	content_hash VARCHAR NOT NULL, 
	entry TEXT NOT NULL, 
	PRIMARY KEY (source, id), 
	FOREIGN KEY(source) REFERENCES sources (source) ON DELETE CASCADE
);
INSERT INTO "entries" VALUES('harbour','https://harbour.example/news/0','https://www.harbour.example/news/0','2026-11-24 12:00:00.000000','2026-11-24 12:00:00.000000',0,0,'2026-11-24 12:00:00.000000','0000',NULL,0,NULL,'2026-11-24 11:00:00.000000','9f49ea0f67362f5c33e28152a898739ab6bd1d37b74a3749e38fe834b340effe','{"id":"https://harbour.example/news/0","url":"https://www.harbour.example/news/0","title":"Story 0 of the harbour’s day","summary":"What story 0 is about.","published":"2026-11-24T11:00:00+00:00","authors":[{"name":"Ana Lima"}],"tags":["harbour","ferry"],"language":"en","images":[{"url":"https://harbour.example/0.jpg","width":1200,"height":800}]}');
INSERT INTO "entries" VALUES('harbour','https://harbour.example/news/1','https://www.harbour.example/news/1','2026-11-24 07:00:00.000000','2026-11-24 12:00:00.000000',1,0,'2026-11-24 07:00:00.000000','0001',NULL,0,NULL,'2026-11-24 06:00:00.000000','97efe81d7ce0c085b07ed735a34f9b8d323db55d16db54662d2427eafa7e06d4','{"id":"https://harbour.example/news/1","url":"https://www.harbour.example/news/1","title":"Story 1 of the harbour’s day","summary":"What story 1 is about.","published":"2026-11-24T06:00:00+00:00","authors":[{"name":"Ana Lima"}],"tags":["harbour","ferry"],"language":"en","images":[{"url":"https://harbour.example/1.jpg","width":1200,"height":800}]}');
INSERT INTO "entries" VALUES('harbour','https://harbour.example/news/2','https://www.harbour.example/news/2','2026-11-24 02:00:00.000000','2026-11-24 12:00:00.000000',2,0,'2026-11-24 02:00:00.000000','0002',NULL,1,NULL,'2026-11-24 01:00:00.000000','6f23a8519b1d29e6abaae4981d930b27b0a35392057755e597fbe214bf8b485f','{"id":"https://harbour.example/news/2","url":"https://www.harbour.example/news/2","title":"Story 2 of the harbour’s day","summary":"What story 2 is about.","published":"2026-11-24T01:00:00+00:00","authors":[{"name":"Ana Lima"}],"tags":["harbour","ferry"],"language":"en","images":[{"url":"https://harbour.example/2.jpg","width":1200,"height":800}]}');
INSERT INTO "entries" VALUES('harbour','https://harbour.example/news/3','https://www.harbour.example/news/3','2026-11-23 21:00:00.000000','2026-11-24 12:00:00.000000',3,0,'2026-11-23 21:00:00.000000','0003',NULL,0,NULL,'2026-11-23 20:00:00.000000','762b44e0376ad002ff764dfe2a3be4c57f4cac6861075887931aaeb6c2267f87','{"id":"https://harbour.example/news/3","url":"https://www.harbour.example/news/3","title":"Story 3 of the harbour’s day","summary":"What story 3 is about.","published":"2026-11-23T20:00:00+00:00","authors":[{"name":"Ana Lima"}],"tags":["harbour","ferry"],"language":"en","images":[{"url":"https://harbour.example/3.jpg","width":1200,"height":800}]}');
INSERT INTO "entries" VALUES('harbour','https://harbour.example/news/4','https://www.harbour.example/news/4','2026-11-23 16:00:00.000000','2026-11-24 12:00:00.000000',4,0,'2026-11-23 16:00:00.000000','0004',NULL,0,NULL,NULL,'cf8d77f3cd3a39f623282f43a13a04346a41870aa1c136976432ae51738ad0e8','{"id":"https://harbour.example/news/4","url":"https://www.harbour.example/news/4","title":"Story 4 of the harbour’s day","summary":"What story 4 is about.","authors":[{"name":"Ana Lima"}],"tags":["harbour","ferry"],"language":"en","images":[{"url":"https://harbour.example/4.jpg","width":1200,"height":800}]}');
INSERT INTO "entries" VALUES('harbour','https://harbour.example/news/5','https://www.harbour.example/news/5','2026-11-23 11:00:00.000000','2026-11-24 12:00:00.000000',5,0,'2026-11-23 11:00:00.000000','0005',NULL,0,1,'2026-11-23 10:00:00.000000','8853328e6c14b062dde67ab7bcb9315d9c4e0f5c49c8798c0ab778718aa2bef9','{"id":"https://harbour.example/news/5","url":"https://www.harbour.example/news/5","title":"Story 5 of the harbour’s day","summary":"What story 5 is about.","published":"2026-11-23T10:00:00+00:00","authors":[{"name":"Ana Lima"}],"tags":["harbour","ferry"],"language":"en","images":[{"url":"https://harbour.example/5.jpg","width":1200,"height":800}]}');
CREATE TABLE sources (
	source VARCHAR NOT NULL, 
	etag VARCHAR, 
	last_modified VARCHAR, 
	body_hash VARCHAR, 
	fingerprint VARCHAR, 
	title TEXT, 
	description TEXT, 
	language VARCHAR, 
	last_attempt DATETIME, 
	last_success DATETIME, 
	changed_at DATETIME, 
	failures INTEGER NOT NULL, 
	last_error TEXT, 
	asked_url TEXT, 
	moved_to TEXT, 
	is_gone BOOLEAN NOT NULL, 
	not_before DATETIME, 
	archives INTEGER NOT NULL, 
	PRIMARY KEY (source)
);
INSERT INTO "sources" VALUES('harbour','W/"5"','Tue, 24 Nov 2026 11:58:00 GMT','5f0c','9a1b','Harbour news','What happens in the harbour','en','2026-11-24 12:00:00.000000','2026-11-24 12:00:00.000000','2026-11-24 11:00:00.000000',0,NULL,'https://harbour.example/news/',NULL,0,NULL,1);
INSERT INTO "sources" VALUES('quay',NULL,NULL,NULL,NULL,NULL,NULL,NULL,'2026-11-24 12:00:00.000000',NULL,NULL,3,'https://quay.example/ answers 503; try again later','https://quay.example/',NULL,0,'2026-11-24 13:00:00.000000',0);
INSERT INTO "sources" VALUES('pier',NULL,NULL,NULL,NULL,NULL,NULL,NULL,'2026-11-24 12:00:00.000000',NULL,NULL,1,'gone','https://pier.example/',NULL,1,NULL,0);
COMMIT;
