//! Allowances by signature: EIP-2612, with ERC-1271 for owners that are contracts.

mod broken;

use crate::{
    account::Account,
    eip712::{self, Domain, Permit},
    entry::{Change, Outcome, Revert, View},
    erc20::{self, Token},
    errors, guard, host,
    mutants::{Mutant, mutant},
    recover::recover,
    signature::{self, Signature},
    slots,
    word::{self, Word},
};

/// Words of the longest question to a contract: selector, digest, offset, size, signature.
const QUESTION: usize = 4 + signature::LIMIT / 32;

/// Sets an allowance by a signature in three parts.
///
/// # Errors
/// `ERC2612ExpiredSignature`, `ERC20InvalidSpender`, then those of the signature.
pub fn permit<T: Token>(call: Change<'_>) -> Outcome {
    let [owner, spender, value, deadline, v, r, s] = call.words()?;
    let permit = read(&call, [owner, spender, value, deadline])?;
    let signature = Signature::join(r, s, call.byte(v)?);
    check_terms(&permit)?;

    accept::<T>(call, permit, &signature)
}

/// Sets an allowance by a signature of any form.
///
/// # Errors
/// `ERC2612ExpiredSignature`, `ERC20InvalidSpender`, `SignatureTooLong`, then those of the
/// signature.
pub fn permit_by_bytes<T: Token>(call: Change<'_>) -> Outcome {
    let [owner, spender, value, deadline, offset] = call.words()?;
    let permit = read(&call, [owner, spender, value, deadline])?;
    let signature = call.tail(offset)?;
    check_terms(&permit)?;
    if signature.len() > signature::LIMIT {
        return Err(errors::signature_too_long(signature.len()));
    }

    accept::<T>(call, permit, signature)
}

/// The nonce that an owner's next permit must carry.
///
/// # Errors
/// None of its own.
pub fn nonces(call: View<'_>) -> Outcome {
    let [owner] = call.words()?;
    let owner = call.address(owner)?;
    call.reply(&[host::load(&slots::nonce(&owner))])
}

/// The domain separator of the moment.
///
/// # Errors
/// None of its own.
pub fn domain_separator<T: Token>(call: View<'_>) -> Outcome {
    call.reply(&[separator::<T>()])
}

/// The parts of the signing domain (EIP-5267).
///
/// # Errors
/// None of its own.
pub fn eip712_domain<T: Token>(call: View<'_>) -> Outcome {
    tell_domain(call, &T::DOMAIN)
}

/// As [`eip712_domain`], of any signing domain.
///
/// # Errors
/// None of its own.
#[inline(always)]
pub fn tell_domain(call: View<'_>, domain: &Domain) -> Outcome {
    call.reply(&[
        word::of_halves(u128::from(eip712::DOMAIN_FIELDS) << 120, 0),
        word::of_u64(0xe0),
        word::of_u64(0x120),
        word::of_u64(host::chain_id()),
        *host::contract().word(),
        word::ZERO,
        word::of_u64(0x160),
        word::of_u64(domain.name.len),
        domain.name.bytes.word(),
        word::of_u64(domain.version.len),
        domain.version.bytes.word(),
        word::ZERO,
    ])
}

fn read(call: &Change<'_>, words: [&Word; 4]) -> Result<Permit, Revert> {
    let [owner, spender, value, deadline] = words;
    Ok(Permit {
        owner: call.address(owner)?,
        spender: call.address(spender)?,
        value: *value,
        deadline: *deadline,
    })
}

fn check_terms(permit: &Permit) -> Result<(), Revert> {
    let now = u128::from(host::timestamp());
    let is_late = now > word::to_u128_saturating(&permit.deadline);
    if is_late && !mutant(Mutant::PermitIgnoresDeadline) {
        return Err(errors::permit_expired(&permit.deadline));
    }
    erc20::check_spender(&permit.spender)
}

/// Asks whether the owner signed, uses up the nonce and sets the allowance.
#[inline(never)]
fn accept<T: Token>(call: Change<'_>, permit: Permit, signature: &[u8]) -> Outcome {
    let slot = slots::nonce(&permit.owner);
    let nonce = host::load(&slot);
    if !broken::is_signed_for_another(&T::DOMAIN, &permit, &nonce, signature) {
        verify(&permit.owner, &permit.digest(&separator::<T>(), &nonce), signature)?;
    }

    if !mutant(Mutant::PermitKeepsNonce) {
        // Nobody makes 2^128 permits.
        host::store(&slot, &word::of_u128(word::low_u128(&nonce).wrapping_add(1)));
    }
    let spender =
        if mutant(Mutant::PermitForOtherSpender) { host::caller() } else { permit.spender };
    erc20::allow(&permit.owner, &spender, &permit.value);
    call.commit(&[])
}

/// Checks that `owner` signed the digest.
///
/// # Errors
/// `ERC1271InvalidSignature` for an owner with code; otherwise `ECDSAInvalidSignatureLength`,
/// `ECDSAInvalidSignatureV`, `ECDSAInvalidSignatureS`, `ERC2612InvalidSigner`.
fn verify(owner: &Account, digest: &Word, signature: &[u8]) -> Result<(), Revert> {
    if host::has_code(owner) {
        return confirm(owner, digest, signature);
    }
    let parsed = if mutant(Mutant::PermitTakesHighS) {
        Signature::parse_malleable(signature)
    } else {
        Signature::parse(signature)
    };
    let signer = recover(digest, &parsed.map_err(errors::signature_flawed)?);
    let is_nobody = signer.is_zero() && !mutant(Mutant::PermitTakesZeroSigner);
    if is_nobody || signer != *owner {
        return Err(errors::invalid_signer(&signer, owner));
    }
    Ok(())
}

/// Asks the owner's contract (ERC-1271).
#[inline(never)]
fn confirm(owner: &Account, digest: &Word, signature: &[u8]) -> Result<(), Revert> {
    let mut question = [word::ZERO; QUESTION];
    let [name, hash, offset, size, rest @ ..] = &mut question;
    *name = word::of_selector(signature::ACCEPTED);
    *hash = *digest;
    *offset = word::of_u64(0x40);
    *size = word::of_u64(signature.len() as u64);
    for (to, from) in rest.as_flattened_mut().iter_mut().zip(signature) {
        *to = *from;
    }
    let used = signature.len().div_ceil(32).saturating_add(4);
    let question = question.get(..used).unwrap_or(&question);

    match guard::ask(owner, word::after_selector(question)) {
        Some((answer, 32..)) if answer == signature::ACCEPTED_WORD.word() => Ok(()),
        Some((_, 32..)) if mutant(Mutant::MagicUnchecked) => Ok(()),
        _ => Err(errors::signature_refused(owner)),
    }
}

#[inline(never)]
fn separator<T: Token>() -> Word {
    T::DOMAIN.separator(host::chain_id(), &host::contract())
}
