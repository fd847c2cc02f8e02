//! [`Server`]: the review page on this machine, for one browser and nobody else.
//!
//! Another page in the same browser must not be able to read articles or post verdicts: the address holds a random
//! token, the Host header must be this server's (against names that are made to lead to 127.0.0.1), a change must come
//! with this server's Origin, and the page may load nothing but its own files. Article text reaches the page as JSON
//! and becomes text nodes, never HTML.
use std::io;
use std::net::{Ipv4Addr, TcpListener};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::extract::{Path, Request, State};
use axum::http::{HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use serde::Deserialize;
use serde_json::json;

use super::ReviewError;
use super::session::{JudgeError, Posted, Session};

/// What the page may load: its own files and nothing else.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; \
                      base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
/// Headers of every answer. The address is a secret, so it goes to nobody and into no cache.
const HEADERS: [(HeaderName, &str); 4] = [
    (header::CONTENT_SECURITY_POLICY, POLICY),
    (header::REFERRER_POLICY, "no-referrer"),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::CACHE_CONTROL, "no-store"),
];

/// A server that waits to be run.
pub struct Server {
    listener: TcpListener,
    pages: Router,
    address: String,
}

type Shared = Arc<Mutex<Session>>;

/// The names under which the server may be asked.
#[derive(Clone)]
struct Hosts(Arc<[String; 2]>);

impl Server {
    /// Takes a free port for a session. `token` is the secret in the address: letters and digits.
    ///
    /// # Errors
    /// When no port can be opened.
    pub fn bind(session: Session, token: &str) -> Result<Self, ReviewError> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).map_err(ReviewError::Serve)?;
        listener.set_nonblocking(true).map_err(ReviewError::Serve)?;
        let port = listener.local_addr().map_err(ReviewError::Serve)?.port();
        let hosts = Hosts(Arc::new([format!("127.0.0.1:{port}"), format!("localhost:{port}")]));
        let at = |path: &str| format!("/{token}/{path}");
        let pages = Router::new()
            .route(&at(""), get(|| async { asset("text/html", include_str!("page/page.html")) }))
            .route(&at("page.css"), get(|| async { asset("text/css", include_str!("page/page.css")) }))
            .route(&at("page.js"), get(|| async { asset("text/javascript", include_str!("page/page.js")) }))
            .route(&at("article.js"), get(|| async { asset("text/javascript", include_str!("page/article.js")) }))
            .route(&at("draft.js"), get(|| async { asset("text/javascript", include_str!("page/draft.js")) }))
            .route(&at("links.js"), get(|| async { asset("text/javascript", include_str!("page/links.js")) }))
            .route(&at("choices.js"), get(|| async { asset("text/javascript", include_str!("page/choices.js")) }))
            .route(&at("review"), get(overview))
            .route(&at("undo"), post(undo))
            .route(&at("quotes/{number}"), get(quote).post(judge))
            .route(&at("quotes/{number}/skip"), post(skip))
            .with_state(Arc::new(Mutex::new(session)))
            .layer(from_fn_with_state(hosts, guard));
        Ok(Self { listener, pages, address: format!("http://127.0.0.1:{port}/{token}/") })
    }

    /// The address of the page, with the token.
    #[must_use]
    pub fn address(&self) -> &str {
        &self.address
    }

    /// Serves the page until the process ends.
    ///
    /// # Errors
    /// When serving cannot begin or breaks off.
    pub fn run(self) -> Result<(), ReviewError> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_io().enable_time().build();
        let serve = |runtime: tokio::runtime::Runtime| -> io::Result<()> {
            runtime.block_on(async { axum::serve(tokio::net::TcpListener::from_std(self.listener)?, self.pages).await })
        };
        runtime.and_then(serve).map_err(ReviewError::Serve)
    }
}

/// Lets through what comes from the page itself.
async fn guard(State(hosts): State<Hosts>, request: Request, next: Next) -> Response {
    let is_own = hosts.sent(&request);
    let mut response = if is_own { next.run(request).await } else { StatusCode::FORBIDDEN.into_response() };
    for (name, value) in HEADERS {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    response
}

impl Hosts {
    /// Whether a request is meant for this server and, where it changes something, comes from its own page.
    fn sent(&self, request: &Request) -> bool {
        let given = |name| request.headers().get(name).and_then(|value| value.to_str().ok());
        let Some(host) = given(header::HOST).filter(|host| self.0.iter().any(|own| own == host)) else { return false };
        let is_reading = matches!(*request.method(), Method::GET | Method::HEAD);
        is_reading || given(header::ORIGIN).and_then(|origin| origin.strip_prefix("http://")) == Some(host)
    }
}

fn asset(kind: &'static str, content: &'static str) -> Response {
    ([(header::CONTENT_TYPE, format!("{kind}; charset=utf-8"))], content).into_response()
}

/// A verdict that panics half-way has not been added to the journal, so the session is still whole.
fn lock(session: &Shared) -> MutexGuard<'_, Session> {
    session.lock().unwrap_or_else(PoisonError::into_inner)
}

async fn overview(State(session): State<Shared>) -> Response {
    Json(lock(&session).overview()).into_response()
}

async fn quote(State(session): State<Shared>, Path(number): Path<usize>) -> Response {
    match lock(&session).view(number) {
        Some(view) => Json(view).into_response(),
        None => JudgeError::NoTask(number).into_response(),
    }
}

async fn judge(State(session): State<Shared>, Path(number): Path<usize>, Json(posted): Json<Posted>) -> Response {
    let mut session = lock(&session);
    answer(session.judge(number, posted).map(|()| Json(session.overview())))
}

/// What is posted with a skip.
#[derive(Deserialize)]
struct Skipped {
    note: Option<String>,
}

async fn skip(State(session): State<Shared>, Path(number): Path<usize>, Json(posted): Json<Skipped>) -> Response {
    let mut session = lock(&session);
    answer(session.skip(number, posted.note).map(|()| Json(session.overview())))
}

async fn undo(State(session): State<Shared>) -> Response {
    let mut session = lock(&session);
    answer(session.undo().map(|number| Json(json!({"number": number, "review": session.overview()}))))
}

fn answer(result: Result<impl IntoResponse, JudgeError>) -> Response {
    result.map_or_else(IntoResponse::into_response, IntoResponse::into_response)
}

impl IntoResponse for JudgeError {
    fn into_response(self) -> Response {
        let status = match self {
            Self::NoTask(_) => StatusCode::NOT_FOUND,
            Self::Correction(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Self::Review(_) => StatusCode::INTERNAL_SERVER_ERROR,
        };
        (status, Json(json!({"error": self.to_string()}))).into_response()
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Read, Write};
    use std::net::TcpStream;

    use super::*;
    use crate::annotation::sample;
    use crate::pipeline::store::Place;
    use crate::review::{Design, SessionSettings};

    /// Asks a server on its port and returns the whole answer.
    fn ask(port: &str, request: &str) -> String {
        let mut stream = TcpStream::connect(format!("127.0.0.1:{port}")).unwrap();
        stream.write_all(request.replace('\n', "\r\n").as_bytes()).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    }

    #[test]
    fn only_the_page_itself_is_answered() {
        let out = tempfile::tempdir().unwrap();
        let mut bytes = Vec::new();
        sample().write_json(&mut bytes).unwrap();
        std::fs::write(out.path().join("a.json"), bytes).unwrap();
        let settings = SessionSettings {
            place: Place::Folder(out.path().to_owned()),
            design: Design::default(),
            reviewer: "ada".to_owned(),
            clock: Box::new(String::new),
        };
        let server = Server::bind(Session::open(settings).unwrap().0, "secret").unwrap();
        let port =
            server.address().strip_prefix("http://127.0.0.1:").unwrap().strip_suffix("/secret/").unwrap().to_owned();
        std::thread::spawn(|| server.run());
        let status = |line: &str, headers: &str, body: &str| {
            let length = body.len();
            let answer =
                ask(&port, &format!("{line} HTTP/1.1\n{headers}connection: close\ncontent-length: {length}\n\n{body}"));
            let policy = format!("content-security-policy: {POLICY}");
            assert!(answer.contains(&policy) && answer.contains("referrer-policy: no-referrer"), "{answer}");
            answer["HTTP/1.1 ".len()..][..3].parse::<u16>().unwrap()
        };
        let host = format!("host: 127.0.0.1:{port}\n");
        assert_eq!(status("GET /secret/", &host, ""), 200);
        assert_eq!(status("GET /secret/quotes/0", &format!("host: localhost:{port}\n"), ""), 200);
        assert_eq!(status("GET /secret/quotes/99", &host, ""), 404);
        assert_eq!(status("GET /guess/", &host, ""), 404);
        assert_eq!(status("GET /", &host, ""), 404);
        assert_eq!(status("GET /secret/", "host: example.org\n", ""), 403);

        let json = "content-type: application/json\n";
        let own = format!("{host}{json}origin: http://127.0.0.1:{port}\n");
        assert_eq!(status("POST /secret/quotes/0", &format!("{host}{json}"), "{}"), 403);
        assert_eq!(status("POST /secret/quotes/0", &format!("{host}{json}origin: https://example.org\n"), "{}"), 403);
        assert_eq!(status("POST /secret/undo", &format!("{host}origin: null\n"), ""), 403);
        assert_eq!(status("POST /secret/quotes/0", &own.replace("application/json", "text/plain"), "{}"), 415);
        assert_eq!(status("POST /secret/quotes/0", &own, r#"{"correction": {"spans": []}}"#), 422);
        let lines = || std::fs::read_to_string(out.path().join("review.jsonl")).unwrap().lines().count();
        assert_eq!(lines(), 0);
        assert_eq!(status("POST /secret/quotes/0", &own, "{}"), 200);
        assert_eq!(status("POST /secret/quotes/1/skip", &own, r#"{"note": "later"}"#), 200);
        assert_eq!(status("POST /secret/undo", &own, ""), 200);
        assert_eq!(lines(), 3);
    }
}
