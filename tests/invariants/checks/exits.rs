//! SAF-1: nobody lowers what another can take out, or keeps it in.

use alloy_primitives::{Address, U256};
use emetis::campaign::{Tally, Violation};
use emetis::interfaces::{ILiquidStaking as Hub, IStakedMetis as Vault};

use super::super::action::{Actor, Program};
use super::super::model::Key;
use super::super::spec::SAF_1;
use super::super::world::World;
use super::{Observed, ask};

/// Whose exits are watched.
const HOLDERS: [Actor; 2] = [Actor::Alice, Actor::Bob];

/// What others hold is worth no less than before, but for a wei. A loss that the pool settles is
/// the one thing that lowers it.
pub fn values(tally: &mut Tally, world: &World, seen: &Observed<'_>) -> Result<(), Violation> {
    if seen.settled() {
        return Ok(());
    }
    for holder in HOLDERS {
        let account = seen.cast.address(holder);
        let moved = seen
            .changes
            .iter()
            .any(|change| (change.program, change.key) == (Program::Vault, Key::Balance(account)));
        if moved || account == seen.transaction.caller {
            continue;
        }
        let shares = world.balance(Program::Vault, account);
        let (before, after) = (seen.before.worth(shares), seen.after.worth(shares));
        tally.check(SAF_1, after.saturating_add(U256::ONE) >= before, || {
            format!(
                "{}'s {shares} shares were worth {before} and are worth {after}",
                holder.label()
            )
        })?;
    }
    Ok(())
}

/// Whoever holds shares can redeem all of them for what they are worth, and whoever holds eMETIS can
/// move all of it, whatever others just did.
pub fn can_leave(tally: &mut Tally, world: &World, caller: Address) -> Result<(), Violation> {
    let elsewhere = Address::repeat_byte(0x77);
    for victim in HOLDERS {
        let account = world.cast.address(victim);
        if account == caller {
            continue;
        }
        let shares = world.balance(Program::Vault, account);
        let worth = world.seen.worth(shares);
        let mut fork = world.chain.clone();
        if !worth.is_zero() {
            let redeem = Vault::redeem_0Call { shares, receiver: elsewhere, owner: account };
            let paid = ask(&mut fork, &world.cast, account, Program::Vault, redeem);
            let enough = paid.as_ref().is_ok_and(|paid| *paid + U256::ONE >= worth);
            tally.check(SAF_1, enough, || {
                format!("{} redeems {shares} shares worth {worth}: {paid:?}", victim.label())
            })?;
        }
        let value = world.balance(Program::Hub, account);
        if !value.is_zero() {
            let transfer = Hub::transferCall { to: elsewhere, value };
            let moved = ask(&mut fork, &world.cast, account, Program::Hub, transfer);
            tally.check(SAF_1, moved == Ok(true), || {
                format!("{} cannot move {value} wei of eMETIS: {moved:?}", victim.label())
            })?;
        }
    }
    Ok(())
}
