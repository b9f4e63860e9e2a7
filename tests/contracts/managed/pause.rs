//! Pauses: what they halt, what they leave alone, how they end.

use super::super::vault::kit::*;
use alloy_primitives::{Address, Bytes, Log, U256};
use alloy_sol_types::SolCall;
use emetis::suite::Params;
use emetis::suite::access::{Entry, Managed, PROGRAMS};

/// Programs that this is about; for those of staking see `staking/pause.rs`.
const HERE: [&str; 2] = ["LiquidStaking", "StakedMetis"];
const HOUR: u32 = 3_600;
/// The longest pause, and how long entries stay open after one, in seconds.
const WEEK: u64 = days(7);

fn pause(duration: u32) -> Hub::pauseCall {
    Hub::pauseCall { duration }
}

/// A deposit of one METIS, into the hub or, of eMETIS, into the vault.
fn enter(world: &mut World, program: Address) -> Result<(), emetis::Failure> {
    let alice = world.alice;
    if program == world.hub {
        let call = Hub::depositCall { receiver: alice.address, tag: TAG };
        return world.chain.send(alice, program, call).value(METIS).dry_run().map(|_| ());
    }
    let call = Vault::depositCall { assets: METIS, receiver: alice.address };
    world.chain.send(alice, program, call).dry_run().map(|_| ())
}

/// A world in which everybody can do what there is to do: Alice has eMETIS, shares and allowances,
/// both programs have donations.
fn busy() -> World {
    let mut world = world();
    let (alice, bob, pool) = (world.alice, world.bob, world.pool);
    world.stake(alice, ether(5));
    world.fund(alice, ether(100));
    world.fund(pool, ether(10));
    for program in [world.hub, world.vault] {
        let approve = Hub::approveCall { spender: bob.address, value: U256::MAX };
        world.chain.send(alice, program, approve).ok();
        world.chain.deal(program, ether(1));
    }
    let allocator = Account::at(Params::default().allocator);
    world.chain.deal(allocator, ether(10));
    // Something is placed and 10 wei of that are lost, the queue has eMETIS, and there are fees.
    let give = Hub::transferCall { to: world.suite.redemption_queue, value: ether(1) };
    world.chain.send(alice, world.hub, give).ok();
    world.chain.send(allocator, world.hub, Hub::placeCall { assets: ether(1) }).ok();
    let lose = Hub::settleCall { loss: U256::from(10), pending: U256::ZERO, until: U256::ZERO };
    world.chain.send(allocator, world.hub, lose).ok();
    world.chain.send(alice, world.hub, redeem_now(alice)).ok();
    world
}

/// A tenth of a METIS, at once.
fn redeem_now(owner: Account) -> Hub::redeemNowCall {
    let (nominal, receiver) = (milliether(100), owner.address);
    Hub::redeemNowCall { nominal, minAssets: U256::ONE, receiver }
}

/// A call of a function that goes through in a busy world: who makes it, with how much METIS.
fn good(world: &World, program: &Managed, entry: &Entry) -> Option<(Account, U256, Vec<u8>)> {
    let (alice, bob, zero, one) = (world.alice, world.bob, U256::ZERO, U256::ONE);
    let (receiver, owner, to) = (alice.address, alice.address, bob.address);
    let from = owner;
    let allocator = Account::at(Params::default().allocator);
    let (hub, vault) = (Account::at(world.hub), Account::at(world.vault));
    let is_hub = program.name == "LiquidStaking";
    let (caller, value, data) = match entry.signature {
        "deposit(address,bytes32)" => {
            (alice, METIS, Hub::depositCall { receiver, tag: TAG }.abi_encode())
        }
        "depositAndStake(address,uint256,bytes32)" => {
            let call = Hub::depositAndStakeCall { receiver, minShares: zero, tag: TAG };
            (alice, METIS, call.abi_encode())
        }
        "receiveRewards(address)" => {
            (allocator, METIS, Hub::receiveRewardsCall { receiver }.abi_encode())
        }
        "redeemNow(uint256,uint256,address)" => (alice, zero, redeem_now(alice).abi_encode()),
        "fill(uint256,uint256)" => {
            let queue = Account::at(world.suite.redemption_queue);
            (queue, zero, Hub::fillCall { nominal: METIS, assets: one }.abi_encode())
        }
        "place(uint256)" => (allocator, zero, Hub::placeCall { assets: one }.abi_encode()),
        "receiveUnbonded()" => (allocator, one, Hub::receiveUnbondedCall {}.abi_encode()),
        "receiveBacking()" => (allocator, one, Hub::receiveBackingCall {}.abi_encode()),
        "settle(uint256,uint256,uint256)" => {
            let call = Hub::settleCall { loss: one, pending: zero, until: zero };
            (allocator, zero, call.abi_encode())
        }
        "collectFees(address)" => (allocator, zero, Hub::collectFeesCall { receiver }.abi_encode()),
        "setRedemption(uint256,uint256)" => {
            let (fee, daily) = (U256::from(10), U256::from(200));
            let call = Hub::setRedemptionCall { feeBps: fee, dailyBps: daily };
            (Account::at(Params::default().admin), zero, call.abi_encode())
        }
        "burn(uint256)" => (vault, zero, Hub::burnCall { assets: one }.abi_encode()),
        "deposit(uint256,address)" => {
            (alice, zero, Vault::depositCall { assets: METIS, receiver }.abi_encode())
        }
        "mint(uint256,address)" => {
            (alice, zero, Vault::mintCall { shares: METIS, receiver }.abi_encode())
        }
        "withdraw(uint256,address,address)" => {
            (alice, zero, Vault::withdrawCall { assets: METIS, receiver, owner }.abi_encode())
        }
        "redeem(uint256,address,address)" => {
            (alice, zero, Vault::redeem_0Call { shares: METIS, receiver, owner }.abi_encode())
        }
        "redeem(uint256,address,address,uint256)" => {
            let call = Vault::redeem_1Call { shares: METIS, receiver, owner, minAssets: one };
            (alice, zero, call.abi_encode())
        }
        "receiveDeposit(uint256,address,uint256)" => {
            let call = Vault::receiveDepositCall { assets: METIS, receiver, minShares: zero };
            (hub, zero, call.abi_encode())
        }
        "notify(uint256)" => (world.pool, zero, Vault::notifyCall { assets: METIS }.abi_encode()),
        "settle(uint256,uint256)" => {
            (world.pool, zero, Vault::settleCall { loss: one, pending: one }.abi_encode())
        }
        "sweep(address)" => {
            (world.treasury, zero, Hub::sweepCall { receiver: world.carol.address }.abi_encode())
        }
        "setAuthority(address)" => {
            let manager = world.suite.access_manager;
            let call = Hub::setAuthorityCall { authority: manager };
            (Account::at(manager), zero, call.abi_encode())
        }
        "transfer(address,uint256)" => {
            (alice, zero, Hub::transferCall { to, value: one }.abi_encode())
        }
        "approve(address,uint256)" => {
            (alice, zero, Hub::approveCall { spender: to, value: one }.abi_encode())
        }
        "transferFrom(address,address,uint256)" => {
            (bob, zero, Hub::transferFromCall { from, to, value: one }.abi_encode())
        }
        "permit(address,address,uint256,uint256,uint8,bytes32,bytes32)"
        | "permit(address,address,uint256,uint256,bytes)" => {
            (bob, zero, permit(world, if is_hub { world.hub } else { world.vault }, entry))
        }
        _ => return None,
    };
    Some((caller, value, data))
}

/// A permit of Alice for Bob, signed, in parts or as bytes.
fn permit(world: &World, token: Address, entry: &Entry) -> Vec<u8> {
    use alloy_primitives::keccak256;
    use alloy_sol_types::SolValue;
    let (alice, spender, value) = (world.alice, world.bob.address, U256::ONE);
    let (owner, deadline) = (alice.address, U256::MAX);
    let nonce = world.chain.view(token, Hub::noncesCall { owner });
    let name = "Permit(address owner,address spender,uint256 value,uint256 nonce,uint256 deadline)";
    let fields = (keccak256(name), owner, spender, value, nonce, deadline).abi_encode();
    let domain = world.chain.view(token, Hub::DOMAIN_SEPARATORCall {});
    let message = [&[0x19, 0x01], &domain[..], &keccak256(fields)[..]].concat();
    let signature = alice.sign(keccak256(message));
    if entry.signature.contains("uint8") {
        let (v, r, s) = (signature.v, signature.r, signature.s);
        return Hub::permit_0Call { owner, spender, value, deadline, v, r, s }.abi_encode();
    }
    let signature = signature.to_bytes().into();
    Hub::permit_1Call { owner, spender, value, deadline, signature }.abi_encode()
}

/// What a call would come to.
fn outcome(world: &World, target: Address, call: &(Account, U256, Vec<u8>)) -> Told {
    let mut chain = world.chain.clone();
    let (caller, value, data) = call;
    let outcome = chain.send_raw(*caller, target, data.clone()).value(*value).dry_run();
    outcome.map(|receipt| (receipt.output, receipt.logs)).map_err(|failure| failure.data())
}

type Told = Result<(Bytes, Vec<Log>), Bytes>;

#[test]
fn a_pause_halts_exactly_what_the_list_calls_pausable() {
    let open = busy();
    let mut paused = open.clone();
    let guardian = paused.guardian;
    for program in [paused.hub, paused.vault] {
        paused.chain.send(guardian, program, pause(HOUR)).ok();
    }
    let until = U256::from(open.chain.time() + u64::from(HOUR));
    let mut over = paused.clone();
    over.chain.advance(HOUR.into());
    let (mut halted, mut free) = (0, 0);

    for program in PROGRAMS.iter().filter(|program| HERE.contains(&program.name)) {
        let target = (program.address)(&open.suite);
        for entry in program.entries {
            let cell = format!("{} of {}", entry.signature, program.name);
            // These two speak of the pause itself, and have stories of their own.
            if matches!(entry.signature, "pause(uint32)" | "unpause()") {
                continue;
            }
            let call = good(&open, program, entry)
                .unwrap_or_else(|| panic!("there is no call of {cell} to try"));
            let [before, during, after] =
                [&open, &paused, &over].map(|world| outcome(world, target, &call));

            assert!(before.is_ok(), "{cell}: {before:?}");
            assert!(after.is_ok(), "{cell}: {after:?}");
            if entry.pausable {
                let refused = alloy_sol_types::SolError::abi_encode(&Hub::EntriesPaused { until });
                assert_eq!(during, Err(refused.into()), "{cell}");
                halted += 1;
            } else {
                assert_eq!(during, before, "{cell}");
                free += 1;
            }
        }
    }

    assert!(halted >= 5 && free >= 29, "{halted} are halted, {free} are not");
}

#[test]
fn a_pause_is_told_and_maxima_are_zero_in_it() {
    let mut world = world();
    let guardian = world.guardian;
    let receiver = world.alice.address;
    let start = world.chain.time();
    let until = U256::from(start + u64::from(HOUR));
    let (zero, free) = (U256::ZERO, until + U256::from(WEEK));

    for program in [world.hub, world.vault] {
        let told = |world: &World| {
            let view = |call| world.chain.view(program, call);
            let most = view(Hub::maxDepositCall { receiver });
            let until = world.chain.view(program, Hub::pausedUntilCall {});
            (most, until, world.chain.view(program, Hub::nextPauseCall {}))
        };
        let before = told(&world);
        assert!(before.0 > zero && (before.1, before.2) == (zero, zero));

        let receipt = world.chain.send(guardian, program, pause(HOUR)).ok();

        receipt.emitted(Hub::Paused { caller: guardian.address, until });
        assert_eq!(receipt.logs.len(), 1);
        assert_eq!(told(&world), (zero, until, free));
    }
    let most = world.chain.view(world.vault, Vault::maxMintCall { receiver });
    assert_eq!(most, zero);
}

#[test]
fn a_pause_ends_by_itself_to_the_second() {
    let mut world = busy();
    let guardian = world.guardian;

    for program in [world.hub, world.vault] {
        let until = U256::from(world.chain.time() + u64::from(HOUR));
        world.chain.send(guardian, program, pause(HOUR)).ok();

        world.chain.advance(u64::from(HOUR) - 1);
        let refused = enter(&mut world, program).unwrap_err();
        assert!(refused.is(&Hub::EntriesPaused { until }), "{refused:?}");
        world.chain.advance(1);
        enter(&mut world, program).unwrap();

        let paused = world.chain.view(program, Hub::pausedUntilCall {});
        assert_eq!(paused, U256::ZERO);
    }
}

#[test]
fn seven_free_days_follow_the_actual_end_of_a_pause() {
    let mut world = world();
    let guardian = world.guardian;
    let start = world.chain.time();

    for program in [world.hub, world.vault] {
        let mut world = world.clone();
        world.chain.send(guardian, program, pause(HOUR)).ok();
        let next = U256::from(start + u64::from(HOUR) + WEEK);
        let early = Hub::PauseTooEarly { next };
        world.chain.send(guardian, program, pause(1)).fails_with(early.clone());
        world.chain.advance(u64::from(HOUR) + WEEK - 1);
        world.chain.send(guardian, program, pause(1)).fails_with(early);
        world.chain.advance(1);
        world.chain.send(guardian, program, pause(HOUR)).ok();
    }
    // One that is lifted ends then.
    let hub = world.hub;
    world.chain.send(guardian, hub, pause(HOUR)).ok();
    world.chain.advance(60);
    let lifted = world.chain.send(guardian, hub, Hub::unpauseCall {}).ok();
    lifted.emitted(Hub::Unpaused { caller: guardian.address });
    enter(&mut world, hub).unwrap();
    let next = U256::from(start + 60 + WEEK);
    let early = Hub::PauseTooEarly { next };
    world.chain.send(guardian, hub, pause(1)).fails_with(early);
    assert_eq!(world.chain.view(hub, Hub::nextPauseCall {}), next);
}

#[test]
fn a_pause_has_a_length_of_at_most_seven_days() {
    let mut world = world();
    let (guardian, max) = (world.guardian, WEEK as u32);

    for program in [world.hub, world.vault] {
        world.chain.send(guardian, program, pause(0)).fails_with(Hub::DurationZero {});
        for duration in [max + 1, u32::MAX] {
            let (duration, max) = (U256::from(duration), U256::from(max));
            let refused = Hub::PauseTooLong { duration, max };
            world.chain.send(guardian, program, pause(duration.to())).fails_with(refused);
        }
        let missing = Hub::PauseMissing {};
        world.chain.send(guardian, program, Hub::unpauseCall {}).fails_with(missing.clone());
        world.chain.send(guardian, program, pause(max)).ok();
        world.chain.advance(WEEK);
        world.chain.send(guardian, program, Hub::unpauseCall {}).fails_with(missing);
    }
}

#[test]
fn a_duration_beyond_32_bits_is_no_argument() {
    let mut world = world();
    let (guardian, hub) = (world.guardian, world.hub);
    let word: [u8; 32] = U256::from(1_u64 << 32).to_be_bytes();
    let data = [&Hub::pauseCall::SELECTOR[..], &word[..]].concat();

    let selector = Hub::pauseCall::SELECTOR.into();
    let refused = Hub::ArgumentsInvalid { selector, size: U256::from(data.len()) };

    world.chain.send_raw(guardian, hub, data).fails_with(refused);
}

#[test]
fn a_program_is_paused_alone_but_staking_at_once_needs_both() {
    let origin = busy();
    let (guardian, hub, vault) = (origin.guardian, origin.hub, origin.vault);
    let stake = Hub::depositAndStakeCall {
        receiver: origin.alice.address,
        minShares: U256::ZERO,
        tag: TAG,
    };

    for (program, other) in [(hub, vault), (vault, hub)] {
        let mut world = origin.clone();
        let until = U256::from(world.chain.time() + u64::from(HOUR));
        world.chain.send(guardian, program, pause(HOUR)).ok();

        enter(&mut world, program).unwrap_err();
        enter(&mut world, other).unwrap();
        let alice = world.alice;
        let call = world.chain.send(alice, hub, stake.clone()).value(METIS);
        call.fails_with(Hub::EntriesPaused { until });
    }
}

#[test]
fn the_first_to_enter_after_a_pause_pays_for_forgetting_it_and_nobody_after() {
    let mut world = busy();
    let guardian = world.guardian;
    let gas = |world: &mut World, program: Address| {
        let alice = world.alice;
        if program == world.hub {
            let call = Hub::depositCall { receiver: alice.address, tag: TAG };
            return world.chain.send(alice, program, call).value(METIS).ok().gas_used;
        }
        let call = Vault::depositCall { assets: METIS, receiver: alice.address };
        world.chain.send(alice, program, call).ok().gas_used
    };
    /// Reading the slot of the pause for the first time in a transaction, and the code for it.
    const LOOK: std::ops::Range<u64> = 2_100..2_300;

    for program in [world.hub, world.vault] {
        world.chain.advance(days(1));
        let never = gas(&mut world, program);
        world.chain.send(guardian, program, pause(1)).ok();
        world.chain.advance(days(1));

        let (first, second) = (gas(&mut world, program), gas(&mut world, program));

        assert!(LOOK.contains(&(first - never)), "{first} after a pause, {never} without");
        assert_eq!(second, never);
    }
}
