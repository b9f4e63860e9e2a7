//! What wallets show of tickets.

use emetis_common::{
    art::{self, Face},
    entry::{Outcome, View},
    host::buffer::Buffer,
    mutants::{Mutant, mutant},
    word::{self, ShortText},
};

use crate::{tickets, views};

const NAME: ShortText = ShortText::new("METIS Redemption");
const SYMBOL: ShortText = ShortText::new("METIS-R");
/// Longest answer: a head of two words, and the picture.
const ANSWER: usize = 4_224;

/// ERC-165, ERC-721, its metadata, ERC-4906.
const INTERFACES: [u32; 4] = [0x01ff_c9a7, 0x80ac_58cd, 0x5b5e_139f, 0x4906_4906];

/// The name of the tickets.
pub(crate) fn name(call: View<'_>) -> Outcome {
    reply_text(call, NAME)
}

/// Their symbol.
pub(crate) fn symbol(call: View<'_>) -> Outcome {
    reply_text(call, SYMBOL)
}

/// Whether an interface is kept.
pub(crate) fn supports_interface(call: View<'_>) -> Outcome {
    let [id] = call.words()?;
    let id = u32::from_be_bytes(call.bytes4(id)?);
    let [erc165, erc721, metadata, updates] = INTERFACES;
    let is_kept = id == erc165 || id == erc721 || id == metadata || id == updates;
    call.reply(&[word::of_bool(is_kept)])
}

/// A ticket's JSON and picture.
///
/// # Errors
/// `ERC721NonexistentToken`.
pub(crate) fn token_uri(call: View<'_>) -> Outcome {
    let [id] = call.words()?;
    let (number, ticket) = tickets::find(id)?;
    let (_, state) = views::batch_and_state(number.batch);
    let claimed = tickets::claimed(number, &ticket);
    let mut claimable = views::claimable_of(number, &ticket);
    if mutant(Mutant::PictureOfOther) {
        claimable = claimed;
    }
    let face = Face {
        batch: number.batch,
        place: number.place,
        nominal: ticket.nominal,
        claimed,
        claimable,
        state: state.of_art(),
    };
    let mut answer = Buffer::<ANSWER>::new();
    answer.push_words(&[word::of_u64(32), word::ZERO]);
    art::write_uri(&mut answer, &face);
    let size = answer.len().saturating_sub(64);
    answer.replace(32, &word::of_u64(size as u64));
    answer.pad();
    call.reply_bytes(answer.bytes())
}

#[inline(always)]
fn reply_text(call: View<'_>, text: ShortText) -> Outcome {
    call.reply(&[word::of_u64(32), word::of_u64(text.len), text.bytes.word()])
}
