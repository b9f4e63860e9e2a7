//! What an account may delegate to one sequencer.

use emetis_common::{
    entry::{Outcome, View},
    word,
};

use crate::field::{Field, Reason, least};

/// How much, and what allows no more.
pub(crate) fn room(call: View<'_>) -> Outcome {
    let [account, id] = call.words()?;
    let field = Field::new(call.address(account)?);
    let sight = field.sight(word::to_u32(id).unwrap_or(0));
    let own = field.own_room(&sight);
    let (assets, reason) = if own.1 <= Reason::SequencerClosed {
        own
    } else {
        let group = (field.group_room(&sight, field.leader(&sight)), Reason::GroupFull);
        least(&[own, group, Field::account_room(&sight)])
    };
    call.reply_amounts(&[assets, u128::from(reason as u8)])
}
