//! Base64, as bytes come. It is a place for bytes itself, so that one goes into another.

use super::Sink;

/// Encodes what it is given into another place. Its letters are computed: a table would be data.
#[derive(Debug)]
pub struct Base64<'a, S: Sink> {
    out: &'a mut S,
    /// Bytes that make no group yet.
    group: u32,
    count: u32,
}

impl<'a, S: Sink> Base64<'a, S> {
    /// Nothing yet.
    #[must_use]
    pub const fn new(out: &'a mut S) -> Self {
        Self { out, group: 0, count: 0 }
    }

    /// Writes what is left, padded.
    pub fn finish(self) {
        let group = self.group;
        match self.count {
            1 => self.out.push(&[letter(group >> 2), letter(group << 4), b'=', b'=']),
            2 => {
                let letters = [letter(group >> 10), letter(group >> 4), letter(group << 2), b'='];
                self.out.push(&letters);
            }
            _ => {}
        }
    }
}

impl<S: Sink> Sink for Base64<'_, S> {
    #[inline(never)]
    fn push(&mut self, bytes: &[u8]) {
        for byte in bytes {
            let group = self.group << 8 | u32::from(*byte);
            if self.count == 2 {
                let (a, b) = (letter(group >> 18), letter(group >> 12));
                self.out.push(&[a, b, letter(group >> 6), letter(group)]);
                (self.group, self.count) = (0, 0);
            } else {
                (self.group, self.count) = (group, self.count.saturating_add(1));
            }
        }
    }
}

/// The letter of the lowest six bits.
#[inline(never)]
const fn letter(bits: u32) -> u8 {
    let value = (bits & 63) as u8;
    // Where a range of letters begins, less the value it begins with.
    let shift = match value {
        0..26 => b'A',
        26..52 => 71,
        52..62 => return value.wrapping_sub(4),
        62 => return b'+',
        _ => return b'/',
    };
    value.wrapping_add(shift)
}
