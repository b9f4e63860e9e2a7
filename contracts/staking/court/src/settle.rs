//! Telling a pool again.

use emetis_common::entry::{Change, Outcome};

use crate::pools;

/// Tells a pool what it may lose and what it has lost.
///
/// # Errors
/// `PushFailed`.
///
/// # Events
/// `LossPushed`.
///
/// # Access
/// Anyone.
pub(crate) fn settle(call: Change<'_>) -> Outcome {
    let [pool] = call.words()?;
    let pool = call.address(pool)?;

    pools::tell(&pool)?;
    call.commit(&[])
}
