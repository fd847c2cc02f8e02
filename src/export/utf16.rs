//! [`Utf16`]: the one door through which code points become UTF-16 units, in which a browser counts.
use crate::text::Text;

/// The code points of a text that take two units.
pub(super) struct Utf16 {
    wide: Vec<usize>,
}

impl Utf16 {
    pub fn of(text: &Text) -> Self {
        let wide = text.chars_in(text.whole()).filter(|(_, c)| c.len_utf16() == 2);
        Self { wide: wide.map(|(offset, _)| offset).collect() }
    }

    /// The units before a code point.
    pub fn offset(&self, code_point: usize) -> usize {
        code_point + self.wide.partition_point(|&wide| wide < code_point)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_cover_what_code_points_cover() {
        let string = "🙂 İdlib 👩‍🚒 “ağ” 𝒳";
        let text = Text::new(string);
        let utf16 = Utf16::of(&text);
        let units: Vec<u16> = string.encode_utf16().collect();
        for (offset, c) in string.chars().enumerate() {
            let covered = &units[utf16.offset(offset)..utf16.offset(offset + 1)];
            assert_eq!(String::from_utf16(covered).unwrap(), c.to_string());
        }
        assert_eq!(utf16.offset(text.len()), units.len());
    }
}
