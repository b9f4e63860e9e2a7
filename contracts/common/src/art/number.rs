//! Numbers in decimal.

use super::{Sink, text::text};
use crate::muldiv::divide_down;

/// Wei of one METIS.
const METIS: u128 = 1_000_000_000_000_000_000;
/// Digits of a wei behind the point.
const FRACTION: usize = 18;
/// Digits of the largest number.
const DIGITS: usize = 20;

/// Writes a number.
#[inline(never)]
pub fn write_number(out: &mut impl Sink, number: u64) {
    let digits = digits(number);
    let zeros = digits.iter().take_while(|digit| **digit == b'0').count();
    // The last digit stays, be it zero.
    out.push(digits.get(zeros.min(DIGITS.saturating_sub(1))..).unwrap_or_default());
}

/// Writes an amount of wei, at most 127 bits wide, in METIS: exactly, and no zero at the end.
#[inline(never)]
pub fn write_amount(out: &mut impl Sink, wei: u128) {
    let whole = divide_down(wei, METIS);
    let part = wei.saturating_sub(whole.saturating_mul(METIS));
    write_number(out, whole as u64);
    let digits = digits(part as u64);
    let fraction = digits.last_chunk::<FRACTION>().unwrap_or(&[b'0'; FRACTION]);
    let zeros = fraction.iter().rev().take_while(|digit| **digit == b'0').count();
    let shown = fraction.get(..FRACTION.saturating_sub(zeros)).unwrap_or_default();
    if !shown.is_empty() {
        text!(out, ".");
        out.push(shown);
    }
}

/// The digits of a number, zeros first.
fn digits(number: u64) -> [u8; DIGITS] {
    let (mut digits, mut left) = ([0; DIGITS], number);
    for digit in digits.iter_mut().rev() {
        let tenth = left / 10;
        // Below ten.
        *digit = b'0'.wrapping_add(left.wrapping_sub(tenth.wrapping_mul(10)) as u8);
        left = tenth;
    }
    digits
}
