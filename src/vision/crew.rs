//! Several hands at one comparison, each with memory of its own.
//!
//! Every hand runs the same programme on the same files. Where there is much to do, each does its part and all exchange what they
//! found; the rest every hand works out for itself, which is shorter than telling. So all of them end with the same result, bit
//! for bit the one that a hand alone comes to. (The scheme is that of MPI: one programme, collective operations.)

use std::future::Future;
use std::ops::Range;
use std::pin::{Pin, pin};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::task::{Context, Poll, Waker};

use bytemuck::Pod;

use super::Cancelled;

/// What every hand has sent here, by number of the hand; nothing from this one itself.
pub type Came<'a> = Pin<Box<dyn Future<Output = Result<Vec<Vec<u8>>, Cancelled>> + 'a>>;

/// The hands at work, seen from one of them.
pub trait Crew {
    /// How many there are; at least 1.
    fn hands(&self) -> usize;

    /// The number of this one, from 0.
    fn own(&self) -> usize;

    /// Sends parcel k to hand k, and waits for what all others have sent here. Every hand does so equally often. Ends with
    /// [`Cancelled`] when one of them is no longer there.
    fn swap(&mut self, parcels: &[&[u8]]) -> Came<'_>;
}

/// A single hand.
#[derive(Debug, Clone, Copy, Default)]
pub struct Alone;

impl Crew for Alone {
    fn hands(&self) -> usize {
        1
    }

    fn own(&self) -> usize {
        0
    }

    fn swap(&mut self, _: &[&[u8]]) -> Came<'_> {
        Box::pin(std::future::ready(Ok(vec![Vec::new()])))
    }
}

/// A hand that blocks its own thread while it waits for the others.
#[derive(Debug)]
pub struct Linked {
    own: usize,
    to: Vec<Sender<Vec<u8>>>,
    from: Vec<Receiver<Vec<u8>>>,
}

impl Linked {
    /// So many hands, each for a thread of its own; at least 1.
    #[must_use]
    pub fn together(hands: usize) -> Vec<Self> {
        let hands = hands.max(1);
        let mut crew: Vec<Self> = (0..hands).map(|own| Self { own, to: Vec::new(), from: Vec::new() }).collect();
        for receiver in 0..hands {
            for sender in 0..hands {
                let (to, from) = channel();
                crew[sender].to.push(to);
                crew[receiver].from.push(from);
            }
        }
        crew
    }
}

impl Crew for Linked {
    fn hands(&self) -> usize {
        self.to.len()
    }

    fn own(&self) -> usize {
        self.own
    }

    fn swap(&mut self, parcels: &[&[u8]]) -> Came<'_> {
        for (hand, (to, parcel)) in self.to.iter().zip(parcels).enumerate() {
            // Whoever has ended is missed in a moment, when nothing comes from there.
            let _ = to.send(if hand == self.own { Vec::new() } else { parcel.to_vec() });
        }
        let came: Option<Vec<Vec<u8>>> = self.from.iter().map(|from| from.recv().ok()).collect();
        Box::pin(std::future::ready(came.ok_or(Cancelled)))
    }
}

/// The result of work that never waits: that of one hand alone, or of hands that block their threads.
///
/// # Panics
/// When the work waits for something.
pub fn at_once<T>(work: impl Future<Output = T>) -> T {
    match pin!(work).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(value) => value,
        Poll::Pending => unreachable!("whoever blocks has nothing left to wait for"),
    }
}

/// The part of `count` things that this hand does: as many as the others, those of hand 0 first.
pub(super) fn part(crew: &dyn Crew, count: usize) -> Range<usize> {
    let (own, hands) = (crew.own(), crew.hands());
    own * count / hands..(own + 1) * count / hands
}

/// Sends each of the other hands what `parcel` makes for it, and waits for what they have sent here.
pub(super) async fn exchange(crew: &mut dyn Crew, parcel: impl Fn(usize) -> Vec<u8>) -> Result<Vec<Vec<u8>>, Cancelled> {
    let here = crew.own();
    let parcels: Vec<Vec<u8>> = (0..crew.hands()).map(|hand| if hand == here { Vec::new() } else { parcel(hand) }).collect();
    crew.swap(&parcels.iter().map(Vec::as_slice).collect::<Vec<_>>()).await
}

/// The next `count` bytes of what is left to read.
pub(super) fn take<'a>(rest: &mut &'a [u8], count: usize) -> Result<&'a [u8], Cancelled> {
    // Fewer are left only where a hand of another version takes part: nothing can come of that.
    let (part, others) = rest.split_at_checked(count).ok_or(Cancelled)?;
    *rest = others;
    Ok(part)
}

/// What all hands have, one after the other.
pub(super) async fn share<T: Pod>(crew: &mut dyn Crew, own: Vec<T>) -> Result<Vec<T>, Cancelled> {
    if crew.hands() == 1 {
        return Ok(own);
    }
    let parcels = vec![bytemuck::cast_slice(&own); crew.hands()];
    let here = crew.own();
    let came = crew.swap(&parcels).await?;
    let mut all = Vec::with_capacity(own.len() * came.len());
    for (hand, parcel) in came.iter().enumerate() {
        if hand == here {
            all.extend_from_slice(&own);
        } else {
            extend(&mut all, parcel);
        }
    }
    Ok(all)
}

/// Add the values that these bytes hold.
pub(super) fn extend<T: Pod>(all: &mut Vec<T>, bytes: &[u8]) {
    match bytemuck::try_cast_slice(bytes) {
        Ok(values) => all.extend_from_slice(values),
        // Bytes may lie anywhere.
        Err(_) => all.extend(values::<T>(bytes)),
    }
}

/// The values that these bytes hold.
pub(super) fn values<T: Pod>(bytes: &[u8]) -> impl Iterator<Item = T> {
    bytes.chunks_exact(size_of::<T>()).map(bytemuck::pod_read_unaligned)
}

/// The sum of what all hands have, place by place.
pub(super) async fn sums(crew: &mut dyn Crew, own: Vec<u64>) -> Result<Vec<u64>, Cancelled> {
    let count = own.len();
    let all = share(crew, own).await?;
    Ok((0..count).map(|k| all.iter().skip(k).step_by(count).sum()).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What every one of so many hands comes to.
    fn each<T: Send>(hands: usize, work: impl Fn(Linked) -> T + Sync) -> Vec<T> {
        std::thread::scope(|scope| {
            let started: Vec<_> = Linked::together(hands).into_iter().map(|hand| scope.spawn(|| work(hand))).collect();
            started.into_iter().map(|thread| thread.join().unwrap()).collect()
        })
    }

    #[test]
    fn all_hands_have_the_same_afterwards_in_the_same_order() {
        let said = each(3, |mut hand| {
            let own: Vec<u16> = part(&hand, 10).map(|k| k as u16 * 300).collect();
            let all = at_once(share(&mut hand, own)).unwrap();
            let mine = vec![1, 10 * hand.own() as u64];
            (all, at_once(sums(&mut hand, mine)).unwrap())
        });
        let expected: Vec<u16> = (0..10).map(|k| k * 300).collect();
        assert!(said.iter().all(|(all, sums)| *all == expected && *sums == [3, 30]), "{said:?}");
    }

    #[test]
    fn a_hand_that_is_gone_ends_the_work_of_the_others() {
        let said = each(2, |mut hand| (hand.own == 0).then(|| at_once(share(&mut hand, vec![0_u8]))));
        assert_eq!(said, [Some(Err(Cancelled)), None]);
    }
}
