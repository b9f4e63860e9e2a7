//! ACC-1: no role, no effect; with a role and a delay none before its time, after it, or twice.

use alloy_primitives::Address;
use alloy_sol_types::SolCall;
use emetis::campaign::{Tally, Violation};
use emetis::interfaces::{
    IAccessManager as Manager, ILiquidStaking as Hub, IRedemptionQueue as Queue,
};

use super::super::action::Actor;
use super::super::model::{ADMIN, ATTESTER, Checked, GUARDIAN, Order, SLASHER, TREASURY, Target};
use super::super::spec::ACC_1;
use super::super::world::World;
use super::chance::Chance;
use super::{Observed, Outcome};

/// Whether the entry is one that the authority is asked about.
pub fn is_restricted(selector: Option<[u8; 4]>) -> bool {
    matches!(
        selector,
        Some(
            Hub::sweepCall::SELECTOR
                | Hub::pauseCall::SELECTOR
                | Hub::unpauseCall::SELECTOR
                | Hub::setRedemptionCall::SELECTOR
                | Queue::setBatchLengthCall::SELECTOR
        )
    )
}

/// A call of a program: it takes effect only if its caller was let in. `allowed` is what the roles
/// said before it.
pub fn call(
    tally: &mut Tally,
    world: &World,
    seen: &Observed<'_>,
    allowed: bool,
) -> Result<(), Violation> {
    let transaction = seen.transaction;
    let name = || world.cast.name(transaction.caller);
    if is_restricted(transaction.selector()) {
        let fits = !seen.accepted() || allowed;
        tally.check(ACC_1, fits, || format!("{} was let in without the role", name()))?;
        let refused = Hub::AccessManagedUnauthorized { caller: transaction.caller };
        let shut_out = seen.outcome.as_ref().is_err_and(|failure| failure.is(&refused));
        return tally.check(ACC_1, !(shut_out && allowed), || format!("{} has the role", name()));
    }
    let moved = seen.did::<Hub::setAuthorityCall>(transaction.to);
    tally.check(ACC_1, !moved || transaction.caller == world.cast.manager, || {
        format!("{} set another authority", name())
    })
}

/// A call of the access manager: it is taken or refused as the roles say, with the same error.
pub fn order(
    tally: &mut Tally,
    world: &World,
    order: &Order,
    outcome: &Outcome,
    predicted: &Checked,
) -> Result<(), Violation> {
    let same = match (outcome, predicted) {
        (Ok(_), Ok(())) => true,
        (Err(failure), Err(expected)) => failure.data()[..] == expected[..],
        _ => false,
    };
    tally.check(ACC_1, same, || {
        let names = world.chain.names();
        let expected = predicted.as_ref().map_err(|error| names.error(error));
        let found = outcome.as_ref().map(|_| ()).map_err(|failure| names.error(&failure.data()));
        format!("{order:?}: expected {expected:?}, found {found:?}")
    })
}

/// Somebody acts for each role exactly if the roles say so, and with their delay.
pub fn members(tally: &mut Tally, world: &World) -> Result<(), Violation> {
    const ACTORS: [Actor; 5] =
        [Actor::Council, Actor::Mallory, Actor::Admin, Actor::Guardian, Actor::Treasury];
    let mut chance = Chance::of(world, 11);
    let account = world.cast.address(ACTORS[chance.below(ACTORS.len() as u64) as usize]);
    for role in [ADMIN, ATTESTER, SLASHER, GUARDIAN, TREASURY] {
        member(tally, world, role, account)?;
    }
    Ok(())
}

/// The same of whom a call of the manager was about.
pub fn touched(tally: &mut Tally, world: &World, order: &Order) -> Result<(), Violation> {
    match order {
        Order::Grant { role, account, .. }
        | Order::Revoke { role, account }
        | Order::Suspend { role, account, .. }
        | Order::EndSuspension { role, account } => member(tally, world, *role, *account),
        Order::Execute { call: Target::Manager(order) } => touched(tally, world, order),
        _ => Ok(()),
    }
}

fn member(tally: &mut Tally, world: &World, role: u64, account: Address) -> Result<(), Violation> {
    let call = Manager::hasRoleCall { roleId: role, account };
    let told = world.chain.try_view(world.cast.manager, call);
    let expected = world.model.roles.acts(world.seen.now, role, account);
    let same = told.as_ref().is_ok_and(|told| match expected {
        Some(delay) => told.isMember && u64::from(told.executionDelay) == delay,
        None => !told.isMember,
    });
    tally.check(ACC_1, same, || {
        let name = world.cast.name(account);
        let told = told.map(|told| (told.isMember, told.executionDelay));
        let told = told.map_err(|(_, tree)| tree);
        format!("role {role} of {name}: expected delay {expected:?}, told {told:?}")
    })
}
