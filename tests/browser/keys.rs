//! Key presses as the DevTools protocol wants them.
use serde_json::{Value, json};

/// The events of pressing and releasing a key: `a`, `?`, `Enter`, `Shift+ArrowLeft`.
pub fn events(typed: &str) -> [Value; 2] {
    let mut key = typed;
    let mut modifiers = 0;
    let mut is_command = false;
    for (name, bit) in [("Alt+", 1), ("Control+", 2), ("Shift+", 8)] {
        if let Some(rest) = key.strip_prefix(name) {
            key = rest;
            modifiers |= bit;
            is_command |= name != "Shift+";
        }
    }
    let character = key.chars().next().filter(|_| key.chars().count() == 1);
    let (number, text) = match (key, character) {
        ("Enter", _) => (13, "\r".to_owned()),
        ("Tab", _) => (9, String::new()),
        ("Backspace", _) => (8, String::new()),
        ("Escape", _) => (27, String::new()),
        ("Home", _) => (36, String::new()),
        ("End", _) => (35, String::new()),
        ("ArrowLeft", _) => (37, String::new()),
        ("ArrowUp", _) => (38, String::new()),
        ("ArrowRight", _) => (39, String::new()),
        ("ArrowDown", _) => (40, String::new()),
        ("Delete", _) => (46, String::new()),
        (_, Some(character)) => (u32::from(character.to_ascii_uppercase()), character.to_string()),
        _ => panic!("pressing {typed}: this key is not listed in {}", file!()),
    };
    // A letter with Control or Alt is a command and writes nothing.
    let text = if is_command { String::new() } else { text };
    let event = |kind: &str, text: &str| json!({"type": kind, "key": key, "modifiers": modifiers, "text": text, "windowsVirtualKeyCode": number});
    let down = if text.is_empty() { "rawKeyDown" } else { "keyDown" };
    [event(down, &text), event("keyUp", "")]
}
