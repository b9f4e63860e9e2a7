//! ACC-3: what a permit is worth.

use alloy_primitives::U256;
use emetis::campaign::{Tally, Violation};

use super::super::action::{Action, Actor, Flaw};
use super::super::model::Key;
use super::super::spec::ACC_3;
use super::Observed;

/// A permit is taken if and only if nothing is wrong with it, and uses up one nonce.
pub fn permits(tally: &mut Tally, seen: &Observed<'_>, action: &Action) -> Result<(), Violation> {
    let (owner, expected) = match *action {
        // The zero spender is refused whatever the signature.
        Action::Permit { spender: Actor::Zero, .. } => return Ok(()),
        Action::Permit { owner, flaw, .. } => (owner, flaw == Flaw::None),
        Action::WalletPermit { spender: Actor::Zero, .. } => return Ok(()),
        Action::WalletPermit { confirms, length, .. } => {
            (Actor::Wallet, confirms && length <= 4_096)
        }
        _ => return Ok(()),
    };
    tally.check(ACC_3, seen.accepted() == expected, || {
        format!("{action:?}: expected {}", if expected { "success" } else { "a refusal" })
    })?;
    let used = seen.changes.iter().filter(|change| matches!(change.key, Key::Nonce(_)));
    let mine = (seen.transaction.to, Key::Nonce(seen.cast.address(owner)));
    let mut raised = false;
    for change in used {
        let once = change.after == change.before.wrapping_add(U256::ONE);
        let right = seen.accepted() && once && (change.program, change.key) == mine;
        raised |= right;
        tally.check(ACC_3, right, || format!("a nonce changed: {change:?}"))?;
    }
    tally.check(ACC_3, raised == seen.accepted(), || {
        format!("the nonce of {} stayed where it was", owner.label())
    })
}
