//! Values under small numbers.

/// Keeps values under small numbers, which are given again once they are free.
#[derive(Debug)]
pub(super) struct Slab<T> {
    places: Vec<Option<T>>,
    free: Vec<u32>,
}

impl<T> Default for Slab<T> {
    fn default() -> Self {
        Self { places: Vec::new(), free: Vec::new() }
    }
}

impl<T> Slab<T> {
    /// Keeps `value`; its number.
    pub(super) fn insert(&mut self, value: T) -> u32 {
        if let Some(slot) = self.free.pop() {
            self.places[slot as usize] = Some(value);
            return slot;
        }
        let slot = u32::try_from(self.places.len()).unwrap_or(u32::MAX);
        self.places.push(Some(value));
        slot
    }

    /// Gives the value back, and its number free. A table that shrank to nothing gives its memory back.
    pub(super) fn remove(&mut self, slot: u32) -> Option<T> {
        let value = self.places.get_mut(slot as usize)?.take()?;
        self.free.push(slot);
        if self.free.len() == self.places.len() {
            *self = Self::default();
        }
        Some(value)
    }

    pub(super) fn get(&self, slot: u32) -> Option<&T> {
        self.places.get(slot as usize)?.as_ref()
    }

    pub(super) fn get_mut(&mut self, slot: u32) -> Option<&mut T> {
        self.places.get_mut(slot as usize)?.as_mut()
    }

    /// Every value with its number, in the order of the numbers.
    pub(super) fn iter(&self) -> impl Iterator<Item = (u32, &T)> {
        self.places.iter().enumerate().filter_map(|(slot, place)| Some((slot as u32, place.as_ref()?)))
    }

    pub(super) fn len(&self) -> usize {
        self.places.len() - self.free.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_given_again() {
        let mut slab = Slab::default();
        let [ann, bob] = ["ann", "bob"].map(|name| slab.insert(name));
        assert_eq!((ann, bob, slab.len()), (0, 1, 2));
        assert_eq!(slab.remove(ann), Some("ann"));
        assert_eq!((slab.remove(ann), slab.get(ann)), (None, None));
        assert_eq!(slab.insert("cat"), ann);
        assert_eq!(slab.iter().map(|(_, name)| *name).collect::<Vec<_>>(), ["cat", "bob"]);
    }

    #[test]
    fn an_empty_one_owns_nothing() {
        let mut slab = Slab::default();
        let slots: Vec<u32> = (0..100).map(|n| slab.insert(n)).collect();
        for slot in slots {
            slab.remove(slot);
        }
        assert_eq!((slab.len(), slab.places.capacity(), slab.free.capacity()), (0, 0, 0));
    }
}
