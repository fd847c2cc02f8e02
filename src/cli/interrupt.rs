//! Ctrl-C: the first lets the articles in hand be finished, the second ends the program at once.
use std::io::Write;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU8, Ordering};

use anyhow::Context;

/// Whether and why a run should stop.
#[derive(Clone, Debug, Default)]
pub struct Interrupt {
    presses: Arc<AtomicU8>,
    stop: Arc<AtomicBool>,
}

impl Interrupt {
    /// Listens for Ctrl-C from now on.
    pub fn listen() -> anyhow::Result<Self> {
        let interrupt = Self::default();
        let handle = interrupt.clone();
        ctrlc::set_handler(move || handle.press()).context("listening for ctrl-c")?;
        Ok(interrupt)
    }

    /// What a run looks at.
    pub fn stop(&self) -> &AtomicBool {
        &self.stop
    }

    /// Whether Ctrl-C was pressed.
    pub fn came(&self) -> bool {
        self.presses.load(Ordering::SeqCst) > 0
    }

    fn press(&self) {
        self.stop.store(true, Ordering::SeqCst);
        if self.presses.fetch_add(1, Ordering::SeqCst) == 0 {
            let message = "\nascribe: finishing the articles in hand; press ctrl-c again to stop at once";
            // Where nobody listens there is nobody to tell.
            let _ = writeln!(std::io::stderr(), "{message}");
        } else {
            std::process::exit(130);
        }
    }

    #[cfg(test)]
    pub fn press_once(&self) {
        self.press();
    }
}
