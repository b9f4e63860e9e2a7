//! VAU-5: previews promise no more than calls give, and conversions are the same for all.

use alloy_primitives::{Address, U256};
use emetis::Chain;
use emetis::campaign::{Tally, Violation};
use emetis::interfaces::IStakedMetis as Vault;

use super::super::action::{Actor, Program};
use super::super::spec::VAU_5;
use super::super::world::World;
use super::chance::Chance;
use super::stream::endow;
use super::{Refused, ask};

/// One of the four previews against its call on a fork, or a conversion asked by two.
pub fn keep_their_word(tally: &mut Tally, world: &World) -> Result<(), Violation> {
    let mut chance = Chance::of(world, 5);
    let which = chance.below(6);
    if which >= 4 {
        return conversions(tally, world, &mut chance);
    }
    let promise =
        if which < 2 { entry(world, which, &mut chance) } else { exit(world, which, &mut chance) };
    let Some((what, amount, told, real)) = promise else { return Ok(()) };
    // A call may be refused where its preview tells: closed, too small, too wide.
    let Ok(real) = real else { return Ok(()) };
    let takes = matches!(what, "mint" | "withdraw");
    let kept = told.as_ref().is_ok_and(|told| if takes { real <= *told } else { real >= *told });
    tally.check(VAU_5, kept, || {
        format!("{what} of {amount} was told as {told:?} and came to {real}")
    })
}

/// What a preview told, or why it fails.
type Told = Result<U256, String>;
/// What a call came to.
type Real = Result<U256, Refused>;
/// An operation, its amount, what was told and what came of it.
type Promise = (&'static str, U256, Told, Real);

fn entry(world: &World, which: u64, chance: &mut Chance) -> Option<Promise> {
    let (books, now) = (&world.seen.books, world.seen.now);
    let who = world.cast.address(Actor::Treasury);
    if !world.seen.is_open() {
        return None;
    }
    let mut fork = world.chain.clone();
    endow(&mut fork, world, who, U256::ONE << 100, world.cast.program(Program::Vault));
    Some(if which == 0 {
        let assets = chance.amount(books.max_deposit(now));
        let told = world.view(Program::Vault, Vault::previewDepositCall { assets });
        let call = Vault::depositCall { assets, receiver: who };
        ("deposit", assets, told, try_it(&mut fork, world, who, call))
    } else {
        let shares = chance.amount(books.max_mint(now));
        let told = world.view(Program::Vault, Vault::previewMintCall { shares });
        let call = Vault::mintCall { shares, receiver: who };
        ("mint", shares, told, try_it(&mut fork, world, who, call))
    })
}

fn exit(world: &World, which: u64, chance: &mut Chance) -> Option<Promise> {
    let holders = [Actor::Alice, Actor::Bob, Actor::Mallory, Actor::Wallet];
    let who = holders
        .map(|actor| world.cast.address(actor))
        .into_iter()
        .find(|who| !world.seen.worth(world.balance(Program::Vault, *who)).is_zero())?;
    let held = world.balance(Program::Vault, who);
    let mut fork = world.chain.clone();
    Some(if which == 2 {
        let assets = chance.amount(world.seen.worth(held));
        let told = world.view(Program::Vault, Vault::previewWithdrawCall { assets });
        let call = Vault::withdrawCall { assets, receiver: who, owner: who };
        ("withdraw", assets, told, try_it(&mut fork, world, who, call))
    } else {
        let shares = chance.amount(held);
        let told = world.view(Program::Vault, Vault::previewRedeemCall { shares });
        let call = Vault::redeem_0Call { shares, receiver: who, owner: who };
        ("redeem", shares, told, try_it(&mut fork, world, who, call))
    })
}

fn try_it<C>(fork: &mut Chain, world: &World, who: Address, call: C) -> Real
where
    C: alloy_sol_types::SolCall<Return = U256>,
{
    ask(fork, &world.cast, who, Program::Vault, call)
}

/// Conversions tell everybody the same: nobody, somebody, a contract.
fn conversions(tally: &mut Tally, world: &World, chance: &mut Chance) -> Result<(), Violation> {
    let amount = chance.amount(U256::ONE << 90);
    let callers = [Actor::Zero, Actor::Alice, Actor::Mallory, Actor::Allocator, Actor::Hub];
    let who = world.cast.address(callers[chance.below(5) as usize]);
    let mut fork = world.chain.clone();
    let to_shares = Vault::convertToSharesCall { assets: amount };
    let to_assets = Vault::convertToAssetsCall { shares: amount };
    let pairs = [
        (
            world.view(Program::Vault, to_shares.clone()),
            ask(&mut fork, &world.cast, who, Program::Vault, to_shares),
        ),
        (
            world.view(Program::Vault, to_assets.clone()),
            ask(&mut fork, &world.cast, who, Program::Vault, to_assets),
        ),
    ];
    for (nobody, somebody) in pairs {
        let same = matches!((&nobody, &somebody), (Ok(one), Ok(other)) if one == other);
        tally.check(VAU_5, same, || {
            let who = world.cast.name(who);
            format!("{amount} convert to {nobody:?}, and to {somebody:?} if {who} asks")
        })?;
    }
    Ok(())
}
