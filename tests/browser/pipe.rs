//! [`Pipe`]: the DevTools protocol as JSON messages, each ended by a zero byte, on the browser's own pipe.
use std::io::{BufRead, BufReader, Write};
use std::process::{ChildStdin, ChildStdout};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

/// The longest that the browser may take for an answer; its first one includes its start.
const PATIENCE: Duration = Duration::from_secs(60);

/// Both directions of the pipe.
pub struct Pipe {
    to_browser: ChildStdin,
    from_browser: Receiver<Value>,
    calls: u64,
    events: Vec<Value>,
}

impl Pipe {
    /// Begins to listen.
    pub fn new(to_browser: ChildStdin, from_browser: ChildStdout) -> Self {
        let (sender, receiver) = channel();
        std::thread::spawn(move || {
            for message in BufReader::new(from_browser).split(0).map_while(Result::ok) {
                let message = serde_json::from_slice(&message).expect("the browser sends JSON");
                if sender.send(message).is_err() {
                    return;
                }
            }
        });
        Self { to_browser, from_browser: receiver, calls: 0, events: Vec::new() }
    }

    /// Calls a method of a session, or of the browser where the session is null, and returns its result. Events that
    /// come before are kept.
    pub fn call(&mut self, session: &Value, method: &str, parameters: Value) -> Value {
        self.calls += 1;
        let mut message = json!({"id": self.calls, "method": method});
        message["params"] = parameters;
        if !session.is_null() {
            message["sessionId"] = session.clone();
        }
        self.send(&message).unwrap_or_else(|error| panic!("calling {method}: the browser has gone ({error})"));
        let deadline = Instant::now() + PATIENCE;
        loop {
            let left = deadline.saturating_duration_since(Instant::now());
            let answer = self.from_browser.recv_timeout(left);
            let mut answer = answer.unwrap_or_else(|error| panic!("calling {method}: the browser is silent ({error})"));
            if answer["id"] != self.calls {
                self.events.push(answer);
                continue;
            }
            assert!(answer.get("error").is_none(), "calling {method} {}: {}", message["params"], answer["error"]);
            return answer["result"].take();
        }
    }

    /// Calls a method of the browser without waiting; nothing happens where it has gone.
    pub fn call_if_alive(&mut self, method: &str) {
        let _ = self.send(&json!({"id": self.calls + 1, "method": method}));
    }

    /// The events since the last time.
    pub fn take_events(&mut self) -> Vec<Value> {
        std::mem::take(&mut self.events)
    }

    fn send(&mut self, message: &Value) -> std::io::Result<()> {
        self.to_browser.write_all(message.to_string().as_bytes())?;
        self.to_browser.write_all(&[0])?;
        self.to_browser.flush()
    }
}
