//! Headless Chromium for tests of pages: opens a page, types, clicks, drags, looks, and remembers what the page did.
//!
//! The browser is driven over the DevTools protocol on a pipe ([`pipe`]): no port, no other program, and it ends when
//! the test does. It is kept off the network; [`Page::assert_quiet`] checks that the page did not even try, and that
//! nothing was written to the console. A test reads:
//!
//! ```ignore
//! mod browser;
//! let browser = browser::Browser::start();
//! let mut page = browser.open("file:///tmp/stance.html");
//! page.wait("document.querySelectorAll('.cell').length > 0");
//! page.click(".cell");
//! page.key("Escape");
//! assert_eq!(page.text("h1"), "Stances");
//! page.assert_quiet();
//! ```
//!
//! Everything panics where it fails, with what the page said. Chromium is found by name, or named by
//! `ASCRIBE_CHROMIUM`; where there is none the test fails and says what to install.
#![allow(dead_code, reason = "each test program uses its own part")]
mod keys;
mod pipe;

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use base64::Engine as _;
use serde_json::{Value, json};

use pipe::Pipe;

/// How long a condition may take to come true. Test machines are busy.
const PATIENCE: Duration = Duration::from_secs(30);
/// Names of the program, the distributions' own first.
const NAMES: [&str; 6] = [
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

/// A browser without a window, for one page.
pub struct Browser {
    program: Child,
    pipe: Pipe,
    /// Its cookies, cache and history, gone with it.
    profile: tempfile::TempDir,
}

/// The page of a browser.
pub struct Page {
    browser: Browser,
    session: Value,
    /// Addresses that it asked for.
    requests: Vec<String>,
    /// Errors and warnings on the console, uncaught exceptions, blocked loads.
    complaints: Vec<String>,
    /// Whether the mouse button is down.
    pressed: bool,
}

impl Browser {
    /// Starts the browser.
    pub fn start() -> Self {
        let profile = tempfile::tempdir().expect("a folder for the profile can be made");
        // The shell moves the pipes of standard input and output to the numbers at which the browser looks for them.
        let mut command = Command::new("sh");
        command.args(["-c", r#"exec "$@" 3<&0 4>&1 0</dev/null 1>/dev/null"#, "sh"]).arg(program());
        command.args(["--headless=new", "--remote-debugging-pipe", "--no-first-run", "--disable-gpu"]);
        command.args(["--disable-dev-shm-usage", "--disable-background-networking", "--disable-component-update"]);
        command.args(["--disable-sync", "--disable-default-apps", "--mute-audio", "--hide-scrollbars"]);
        command.args(["--lang=en-US", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"]);
        command.arg(format!("--user-data-dir={}", profile.path().display()));
        if is_root(profile.path()) {
            // Chromium's sandbox refuses to work for root.
            command.arg("--no-sandbox");
        }
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut program = command.spawn().expect("sh starts the browser");
        let pipe = Pipe::new(program.stdin.take().expect("is piped"), program.stdout.take().expect("is piped"));
        Self { program, pipe, profile }
    }

    /// Opens an address and waits until it is loaded. The page has 1280 × 800 pixels and light colours.
    pub fn open(mut self, url: &str) -> Page {
        let target = self.pipe.call(&Value::Null, "Target.createTarget", json!({"url": "about:blank"}));
        let attach = json!({"targetId": target["targetId"], "flatten": true});
        let session = self.pipe.call(&Value::Null, "Target.attachToTarget", attach)["sessionId"].clone();
        let mut page = Page { browser: self, session, requests: Vec::new(), complaints: Vec::new(), pressed: false };
        for domain in ["Page", "Runtime", "Network", "Log"] {
            page.call(&format!("{domain}.enable"), json!({}));
        }
        page.resize(1280, 800);
        page.dark(false);
        page.go(url);
        page
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        self.pipe.call_if_alive("Browser.close");
        let deadline = Instant::now() + Duration::from_secs(5);
        while matches!(self.program.try_wait(), Ok(None)) && Instant::now() < deadline {
            std::thread::sleep(Duration::from_millis(20));
        }
        // Where it is gone already there is nothing to end.
        let _ = self.program.kill();
        let _ = self.program.wait();
    }
}

impl Page {
    /// Goes to another address, or to the same again, and waits until it is loaded.
    pub fn go(&mut self, url: &str) {
        let went = self.call("Page.navigate", json!({"url": url}));
        assert!(went.get("errorText").is_none(), "opening {url}: {}", went["errorText"]);
        self.wait("document.readyState === 'complete' && location.href !== 'about:blank'");
    }

    /// The value of a script's expression; promises are waited for.
    pub fn run(&mut self, script: &str) -> Value {
        let wanted = json!({"expression": script, "awaitPromise": true, "returnByValue": true, "userGesture": true});
        let answer = self.call("Runtime.evaluate", wanted);
        if let Some(thrown) = answer.get("exceptionDetails") {
            panic!("running {script}: {thrown}");
        }
        answer["result"]["value"].clone()
    }

    /// Waits until an expression is true.
    pub fn wait(&mut self, condition: &str) {
        let deadline = Instant::now() + PATIENCE;
        while self.run(&format!("Boolean({condition})")) != json!(true) {
            if Instant::now() > deadline {
                let seen = self.run("document.body.innerText");
                panic!("waiting for {condition}: it did not come true; complaints {:?}; page {seen}", self.complaints);
            }
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    /// The text of the first element that fits a selector, as it is seen.
    pub fn text(&mut self, selector: &str) -> String {
        let text = self.run(&format!("document.querySelector({})?.innerText", json!(selector)));
        text.as_str().unwrap_or_else(|| panic!("there is no {selector}")).to_owned()
    }

    /// Presses a key: a letter, a digit, or a name as `KeyboardEvent.key` has it (`Enter`, `Escape`, `ArrowLeft`…),
    /// with `Shift+`, `Control+` or `Alt+` before it.
    pub fn key(&mut self, key: &str) {
        for event in keys::events(key) {
            self.call("Input.dispatchKeyEvent", event);
        }
    }

    /// Types words into what has the focus.
    pub fn write(&mut self, words: &str) {
        self.call("Input.insertText", json!({"text": words}));
    }

    /// Clicks the middle of the first element that fits a selector.
    pub fn click(&mut self, selector: &str) {
        self.scroll_to(selector);
        let at = self.middle(selector);
        // A hand comes from somewhere: what it leaves and enters may change the page.
        self.mouse("mouseMoved", at);
        self.mouse("mousePressed", at);
        self.mouse("mouseReleased", at);
    }

    /// Drags from the middle of one element to that of another, which is in view when the first is.
    pub fn drag(&mut self, from: &str, to: &str) {
        self.scroll_to(from);
        let (from, to) = (self.middle(from), self.middle(to));
        self.mouse("mouseMoved", from);
        self.mouse("mousePressed", from);
        for step in 1..=4 {
            let share = f64::from(step) / 4.0;
            self.mouse("mouseMoved", (from.0 + (to.0 - from.0) * share, from.1 + (to.1 - from.1) * share));
        }
        self.mouse("mouseReleased", to);
    }

    fn scroll_to(&mut self, selector: &str) {
        let element = format!("document.querySelector({})", json!(selector));
        self.run(&format!("{element}?.scrollIntoView({{block: 'center', behavior: 'instant'}})"));
    }

    /// The middle of an element in the window.
    fn middle(&mut self, selector: &str) -> (f64, f64) {
        let at = self.run(&format!(
            "(() => {{ const box = document.querySelector({})?.getClientRects()[0]; \
             return box ? [box.x + box.width / 2, box.y + box.height / 2] : null; }})()",
            json!(selector)
        ));
        let number = |index: usize| at[index].as_f64().unwrap_or_else(|| panic!("there is no {selector} to be seen"));
        (number(0), number(1))
    }

    fn mouse(&mut self, kind: &str, (x, y): (f64, f64)) {
        self.pressed = if kind == "mouseMoved" { self.pressed } else { kind == "mousePressed" };
        let button = if self.pressed || kind == "mouseReleased" { "left" } else { "none" };
        let buttons = u8::from(self.pressed);
        let event = json!({"type": kind, "x": x, "y": y, "button": button, "buttons": buttons, "clickCount": 1});
        self.call("Input.dispatchMouseEvent", event);
    }

    /// Gives the page another size in pixels; narrower than 600 it counts as a phone.
    pub fn resize(&mut self, width: u32, height: u32) {
        let size = json!({"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600});
        self.call("Emulation.setDeviceMetricsOverride", size);
    }

    /// Says that the user prefers dark, or light, colours.
    pub fn dark(&mut self, dark: bool) {
        let value = if dark { "dark" } else { "light" };
        let features = json!({"features": [{"name": "prefers-color-scheme", "value": value}]});
        self.call("Emulation.setEmulatedMedia", features);
    }

    /// The window as a PNG file.
    pub fn screenshot(&mut self, path: &Path) {
        let shot = self.call("Page.captureScreenshot", json!({"format": "png", "optimizeForSpeed": false}));
        let encoded = shot["data"].as_str().expect("a screenshot has data");
        let png = base64::engine::general_purpose::STANDARD.decode(encoded).expect("a screenshot is base64");
        std::fs::write(path, png).unwrap_or_else(|error| panic!("writing {}: {error}", path.display()));
    }

    /// Checks that the page asked for nothing off the machine and that the console stayed empty.
    pub fn assert_quiet(&mut self) {
        self.run("null");
        let local = ["http://127.0.0.1:", "file:///", "data:", "blob:", "about:"];
        let outside: Vec<_> =
            self.requests.iter().filter(|url| !local.iter().any(|own| url.starts_with(own))).collect();
        assert!(outside.is_empty(), "asked for off the machine: {outside:?}");
        assert!(self.complaints.is_empty(), "on the console: {:#?}", self.complaints);
    }

    /// One method of the protocol, for what has no function here. Returns its result.
    pub fn call(&mut self, method: &str, parameters: Value) -> Value {
        let result = self.browser.pipe.call(&self.session, method, parameters);
        for event in self.browser.pipe.take_events() {
            self.note(&event);
        }
        result
    }

    fn note(&mut self, event: &Value) {
        let details = &event["params"];
        match event["method"].as_str() {
            Some("Network.requestWillBeSent") => {
                self.requests.push(details["request"]["url"].as_str().unwrap_or_default().to_owned());
            }
            Some("Runtime.exceptionThrown") => self.complaints.push(details["exceptionDetails"].to_string()),
            Some("Runtime.consoleAPICalled")
                if ["error", "assert", "warning"].iter().any(|it| details["type"] == *it) =>
            {
                self.complaints.push(details["args"].to_string());
            }
            Some("Log.entryAdded") if details["entry"]["level"] == "error" => {
                self.complaints.push(format!("{} {}", details["entry"]["text"], details["entry"]["url"]));
            }
            _ => {}
        }
    }
}

/// The browser's program.
fn program() -> PathBuf {
    if let Some(named) = std::env::var_os("ASCRIBE_CHROMIUM") {
        return named.into();
    }
    let folders: Vec<PathBuf> = std::env::split_paths(&std::env::var_os("PATH").unwrap_or_default()).collect();
    let places = NAMES.iter().flat_map(|name| folders.iter().map(move |folder| folder.join(name)));
    places.into_iter().find(|place| place.is_file()).unwrap_or_else(|| {
        panic!(
            "looking for Chromium: none of {NAMES:?} is here; install it (Debian: apt-get install chromium, Fedora: dnf \
             install chromium, macOS: brew install --cask chromium) or name its program in ASCRIBE_CHROMIUM"
        )
    })
}

/// Whether this process is root's: then so is what it makes.
fn is_root(made: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    made.metadata().is_ok_and(|made| made.uid() == 0)
}
