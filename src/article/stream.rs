//! Lines of a stream, with a limit: a file of one endless line must not fill the memory.
use std::io::{self, BufRead, Read};

/// What was found at the place where a line begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Line {
    /// The end of the stream.
    None,
    /// A line, its break included.
    Whole,
    /// A line of so many bytes, more than allowed; it was skipped.
    TooLong(u64),
}

/// Reads the next line with its break into `line`, which is emptied first, or skips it if it has more than `limit`
/// bytes besides the break.
pub(super) fn next_line(source: &mut dyn BufRead, line: &mut Vec<u8>, limit: u64) -> io::Result<Line> {
    line.clear();
    // Room for "\r\n".
    let room = limit.saturating_add(2);
    let taken = Read::take(&mut *source, room).read_until(b'\n', line)? as u64;
    if taken == 0 {
        return Ok(Line::None);
    }
    if line.ends_with(b"\n") || taken < room {
        let size = without_break(line).len() as u64;
        return Ok(if size > limit { Line::TooLong(size) } else { Line::Whole });
    }
    let mut size = taken;
    loop {
        let waiting = source.fill_buf()?;
        let (step, ended) = match waiting.iter().position(|&byte| byte == b'\n') {
            Some(end) => (end + 1, true),
            None => (waiting.len(), waiting.is_empty()),
        };
        source.consume(step);
        size += step as u64;
        if ended {
            line.clear();
            return Ok(Line::TooLong(size));
        }
    }
}

/// The line without `\n` or `\r\n`.
pub(super) fn without_break(line: &[u8]) -> &[u8] {
    let line = line.strip_suffix(b"\n").unwrap_or(line);
    line.strip_suffix(b"\r").unwrap_or(line)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_line_is_skipped_and_the_next_one_read() {
        let long = "x".repeat(40_000);
        let written = format!("1234\r\n{long}\n12345\nend");
        let mut source = io::BufReader::with_capacity(16, written.as_bytes());
        let mut line = Vec::new();
        let mut next = || {
            let found = next_line(&mut source, &mut line, 4).unwrap();
            (found, String::from_utf8(without_break(&line).to_vec()).unwrap())
        };
        assert_eq!(next(), (Line::Whole, "1234".to_owned()));
        assert!(matches!(next(), (Line::TooLong(40_001), _)));
        assert!(matches!(next(), (Line::TooLong(5), _)));
        assert_eq!(next(), (Line::Whole, "end".to_owned()));
        assert_eq!(next().0, Line::None);
    }
}
