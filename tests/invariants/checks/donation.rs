//! VAU-6: donations move nothing.

use alloy_primitives::{Address, U256};
use emetis::Chain;
use emetis::campaign::{Tally, Violation};
use emetis::interfaces::{ILiquidStaking as Hub, IStakedMetis as Vault};

use super::super::action::{Actor, Program};
use super::super::spec::VAU_6;
use super::super::world::World;
use super::chance::Chance;
use super::stream::endow;
use super::{Refused, ask};

/// What a victim may lose of a deposit to rounding: 10^-6 of it and a wei, or a share's worth.
const PART: u64 = 1_000_000;

/// An attacker enters, donates, and leaves round a victim's deposit, and gains nothing; the victim
/// has what it put in, and as many shares as without the attack.
pub fn sandwich(tally: &mut Tally, world: &World) -> Result<(), Violation> {
    let mut chance = Chance::of(world, 6);
    let (books, cast) = (&world.seen.books, &world.cast);
    let room = books.max_deposit(world.seen.now) / U256::from(4);
    if room.is_zero() || !world.seen.is_open() {
        return Ok(());
    }
    let [mallory, victim] = [Actor::Mallory, Actor::Treasury].map(|actor| cast.address(actor));
    let [first, gift, deposit] = [(); 3].map(|()| chance.amount(room));
    let mut fork = world.chain.clone();
    for account in [mallory, victim] {
        endow(&mut fork, world, account, U256::ONE << 100, cast.program(Program::Vault));
    }
    let Ok(entered) = enter(&mut fork, world, mallory, first) else { return Ok(()) };
    let mut calm = fork.clone();
    let previews = |chain: &Chain| {
        let shares = chain
            .try_view(cast.program(Program::Vault), Vault::previewDepositCall { assets: deposit });
        let assets = chain
            .try_view(cast.program(Program::Vault), Vault::previewRedeemCall { shares: entered });
        (shares.ok(), assets.ok())
    };
    let before = previews(&fork);
    give(&mut fork, world, mallory, gift);
    let after = previews(&fork);
    tally.check(VAU_6, before == after, || {
        format!("a donation of {gift} moved previews from {before:?} to {after:?}")
    })?;
    let [peace, attack] = [&mut calm, &mut fork].map(|chain| enter(chain, world, victim, deposit));
    tally.check(VAU_6, peace == attack, || {
        format!("a deposit of {deposit} gives {peace:?}, and {attack:?} after a donation of {gift}")
    })?;
    let Ok(shares) = attack else { return Ok(()) };
    let loot = leave(&mut fork, world, mallory, entered);
    let robbed = loot.as_ref().is_ok_and(|assets| *assets > first);
    tally.check(VAU_6, !robbed, || {
        format!("{first} in, {gift} given, {deposit} by a victim: {loot:?} out")
    })?;
    let kept = leave(&mut fork, world, victim, shares);
    let share = world.seen.worth(U256::ONE) + U256::from(2);
    let loss = deposit.saturating_sub(kept.clone().unwrap_or_default());
    let bound = deposit / U256::from(PART) + share;
    // Shares that are worth nothing cannot be had back: the victim had less than a wei.
    tally.check(VAU_6, loss <= bound, || {
        format!("the victim put in {deposit}, and got {kept:?} after {first} and {gift}")
    })
}

fn enter(chain: &mut Chain, world: &World, who: Address, assets: U256) -> Result<U256, Refused> {
    let call = Vault::depositCall { assets, receiver: who };
    ask(chain, &world.cast, who, Program::Vault, call)
}

fn leave(chain: &mut Chain, world: &World, who: Address, shares: U256) -> Result<U256, Refused> {
    let call = Vault::redeem_0Call { shares, receiver: who, owner: who };
    ask(chain, &world.cast, who, Program::Vault, call)
}

/// eMETIS to the vault, and METIS to both programs.
fn give(chain: &mut Chain, world: &World, who: Address, gift: U256) {
    let cast = &world.cast;
    let to = cast.program(Program::Vault);
    // A gift that the token refuses is none.
    let _ = ask(chain, cast, who, Program::Hub, Hub::transferCall { to, value: gift });
    for program in Program::ALL {
        chain.deal(cast.program(program), gift);
    }
}
