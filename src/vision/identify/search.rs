//! Which references might it be? Every feature of the photo votes for those that have its like, and votes count together where they
//! agree about how the board lies.

use super::codes::{CELLS, Code, Codes};
use super::verify::Seen;
use crate::vision::align::{Match, related_to};
use crate::vision::order::rising;

/// Bits of a piece of a code. Two codes of one place, with ten bits that differ, share one of the seven pieces in full four times in
/// five; any two do so one time in seventy, and need not be looked at otherwise (M. Norouzi et al., CVPR 2012). Eight pieces of eight
/// bits found no board more, and took 1.4 times as long.
const PIECE_BITS: u32 = 9;
const PIECES: usize = (u64::BITS / PIECE_BITS) as usize;
/// What a piece can say, for bright and for dark features.
const BUCKETS: usize = 2 << PIECE_BITS;
/// Codes that differ in as many bits are no likeness; two that have nothing in common differ in 32 in the mean.
const UNLIKE_BITS: u32 = 19;
/// References that one feature of the photo votes for: the likest. With 16 or 24, one drawn
/// board of 67 among 2,240 references had too few votes.
const VOTES: usize = 32;
/// Votes of a reference that are tried as the one that is right, the strongest.
const SEEDS: usize = 48;

/// A reference that may be the photo's, the photo being seen as it is or in a mirror.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Proposal {
    pub(super) reference: usize,
    pub(super) mirrored: bool,
    /// The votes that agree, each cell of the reference counted once.
    pub(super) score: u32,
}

/// The references that most speaks for, best first. `asking` are the numbers of the photo's features that vote; the photo is seen as it
/// is and in a mirror.
pub(super) fn proposals(photo: &[Seen; 2], asking: &[usize], references: &[&Codes]) -> Vec<Proposal> {
    let mut ballots = vec![Ballot { before: UNLIKE_BITS, likest: Vec::new() }; 2 * asking.len()];
    let codes: Vec<Code> = photo.iter().flat_map(|seen| asking.iter().map(|asked| seen.codes[*asked])).collect();
    let pieces: Vec<Piece> = (0..PIECES).map(|piece| Piece::of(piece, &codes)).collect();
    for (reference, codes) in references.iter().enumerate() {
        for (number, code) in codes.codes.iter().enumerate() {
            for (k, piece) in pieces.iter().enumerate() {
                for (bits, asked) in piece.sharing(code, k) {
                    let differing = bits ^ code.bits;
                    let ballot = &mut ballots[*asked as usize];
                    if differing.count_ones() < ballot.before && first_equal_piece(differing) == k {
                        ballot.note(reference, number, differing.count_ones());
                    }
                }
            }
        }
    }
    let mut votes: Vec<[Votes; 2]> = vec![Default::default(); references.len()];
    for (k, ballot) in ballots.iter().enumerate() {
        let (mirrored, asked) = (k / asking.len(), asking[k % asking.len()]);
        for (reference, number, strength) in ballot.votes() {
            let (codes, photo) = (references[reference], photo[mirrored].keypoints[asked]);
            let code = &codes.codes[number];
            let placed = Match { photo, reference: code.keypoint(&codes.picture), ratio: 0.0 };
            votes[reference][mirrored].push((placed, code.cell(), strength));
        }
    }
    let scored = votes.into_iter().enumerate().flat_map(|(reference, [straight, in_mirror])| {
        [(false, straight), (true, in_mirror)].map(|(mirrored, votes)| Proposal { reference, mirrored, score: agreeing(votes) })
    });
    rising(scored.filter(|proposal| proposal.score > 0).collect(), |proposal| [-f64::from(proposal.score), 0.0, 0.0])
}

/// The photo's codes, sorted by what one of their pieces says. They are few enough to stay at hand while thousands of references pass.
struct Piece {
    starts: Vec<u32>,
    codes: Vec<(u64, u32)>,
}

impl Piece {
    fn of(piece: usize, codes: &[Code]) -> Self {
        let mut sorted = vec![Vec::new(); BUCKETS];
        for (number, code) in codes.iter().enumerate() {
            sorted[bucket(code, piece)].push((code.bits, number as u32));
        }
        let mut starts = vec![0];
        starts.extend(sorted.iter().scan(0, |end, bucket| {
            *end += bucket.len() as u32;
            Some(*end)
        }));
        Self { starts, codes: sorted.concat() }
    }

    fn sharing(&self, code: &Code, piece: usize) -> &[(u64, u32)] {
        let bucket = bucket(code, piece);
        &self.codes[self.starts[bucket] as usize..self.starts[bucket + 1] as usize]
    }
}

fn bucket(code: &Code, piece: usize) -> usize {
    let said = code.bits >> (piece as u32 * PIECE_BITS) & ((1 << PIECE_BITS) - 1);
    said as usize * 2 + usize::from(code.bright)
}

/// The first piece in which no bit differs: what shares several is taken once.
fn first_equal_piece(differing: u64) -> usize {
    (0..PIECES).find(|piece| differing >> (*piece as u32 * PIECE_BITS) & ((1 << PIECE_BITS) - 1) == 0).unwrap_or(PIECES)
}

/// What a feature of the photo is likest to.
#[derive(Clone)]
struct Ballot {
    /// What differs in as many bits comes too late.
    before: u32,
    /// Reference, number of the code there, and bits that differ: one code of each reference, one more of them than have a vote.
    likest: Vec<(usize, usize, u32)>,
}

impl Ballot {
    fn note(&mut self, reference: usize, number: usize, bits: u32) {
        let place = match self.likest.iter().position(|(known, ..)| *known == reference) {
            None if self.likest.len() <= VOTES => {
                self.likest.push((reference, number, bits));
                self.likest.len() - 1
            }
            None => self.likest.iter().position(|(.., known)| *known == self.before).unwrap_or(VOTES),
            Some(place) => place,
        };
        if self.likest[place].2 >= bits {
            self.likest[place] = (reference, number, bits);
        }
        if self.likest.len() > VOTES {
            self.before = self.likest.iter().map(|(.., bits)| *bits).max().unwrap_or(UNLIKE_BITS);
        }
    }

    /// Reference, code, and by how many bits it is likelier than the first that has no vote: only that is evidence
    /// (S. McCann and D. Lowe, CVPR 2012).
    fn votes(&self) -> impl Iterator<Item = (usize, usize, u32)> + '_ {
        self.likest.iter().filter_map(|(reference, number, bits)| {
            self.before.checked_sub(*bits).filter(|strength| *strength > 0).map(|strength| (*reference, *number, strength))
        })
    }
}

/// Votes for a reference: how the board would lie, the cell of the code, the strength.
type Votes = Vec<(Match, usize, u32)>;

/// The most that votes count together which agree with one of them about how the board lies; of each cell the strongest counts.
fn agreeing(votes: Votes) -> u32 {
    let votes = rising(votes, |(.., strength)| [-f64::from(*strength), 0.0, 0.0]);
    let together = |(seed, ..): &(Match, usize, u32)| {
        let related = related_to(seed);
        let mut cells = [0; CELLS * CELLS];
        for (vote, cell, strength) in &votes {
            if *strength > cells[*cell] && related(vote) {
                cells[*cell] = *strength;
            }
        }
        cells.iter().sum()
    };
    votes.iter().take(SEEDS).map(together).max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_likest_of_each_reference_have_a_vote_and_the_next_sets_their_strength() {
        let mut ballot = Ballot { before: UNLIKE_BITS, likest: Vec::new() };
        ballot.note(0, 5, 12);
        ballot.note(0, 6, 9);
        ballot.note(0, 7, 11);
        assert_eq!(ballot.votes().collect::<Vec<_>>(), [(0, 6, UNLIKE_BITS - 9)]);
        for reference in 1..=VOTES {
            ballot.note(reference, 0, 13);
        }
        assert_eq!(ballot.before, 13);
        assert_eq!(ballot.votes().collect::<Vec<_>>(), [(0, 6, 4)]);
        ballot.note(50, 1, 8);
        assert_eq!(ballot.votes().collect::<Vec<_>>(), [(0, 6, 4), (50, 1, 5)]);
    }

    #[test]
    fn a_code_is_found_by_any_piece_and_once() {
        let code = |bits: u64, bright: bool| Code { bits, x: 0, y: 0, size: 0, bright, angle: 0 };
        let asked = [code(0, true), code(u64::MAX, true), code(0, false)];
        let pieces: Vec<Piece> = (0..PIECES).map(|piece| Piece::of(piece, &asked)).collect();
        let found = |bits: u64| {
            let code = code(bits, true);
            let of = |k: usize| pieces[k].sharing(&code, k).iter().filter(move |(known, _)| first_equal_piece(known ^ bits) == k);
            (0..PIECES).flat_map(of).map(|(_, number)| *number).collect::<Vec<_>>()
        };
        assert_eq!(found(0), [0]);
        // One bit in each of the first pieces.
        let touched = |pieces: usize| (0..pieces).map(|k| 1 << (k as u32 * PIECE_BITS)).sum::<u64>();
        assert_eq!(found(touched(PIECES - 1)), [0]);
        assert_eq!(found(touched(PIECES)), [0; 0]);
        let full = ((1 << PIECE_BITS) - 1) << ((PIECES as u32 - 2) * PIECE_BITS);
        assert_eq!(found(touched(PIECES - 2) | full), [1, 0]);
    }
}
