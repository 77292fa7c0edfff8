// SPDX-License-Identifier: GPL-3.0-or-later
/// A label of two classes or more for every sample.
public struct ClassLabels: Sendable, Equatable {
  /// The names of the classes, in the order of their numbers where all are whole numbers, else of the alphabet.
  public let classes: [String]
  /// The class of every sample, as a place in ``classes``.
  public let indices: [Int]

  /// Labels by name.
  ///
  /// - Throws: ``DatasetError`` where there is none, one is empty, or all are the same.
  public init(_ names: [String]) throws(DatasetError) {
    guard let first = names.first else { throw .emptyLabel(row: 1) }
    if let empty = names.firstIndex(of: "") { throw .emptyLabel(row: empty + 1) }
    let distinct = Set(names)
    if distinct.count == 1 { throw .oneClass(first, rows: names.count) }
    let numbers = distinct.compactMap { Int($0) }
    let classes =
      Set(numbers).count == distinct.count
      ? distinct.sorted { (Int($0) ?? 0) < (Int($1) ?? 0) } : distinct.sorted()
    let places = Dictionary(uniqueKeysWithValues: classes.enumerated().map { ($1, $0) })
    (self.classes, indices) = (classes, names.compactMap { places[$0] })
  }

  /// Labels by number.
  ///
  /// - Throws: ``DatasetError`` where there is none, or all are the same.
  public init(_ numbers: [Int]) throws(DatasetError) { try self.init(numbers.map(String.init)) }

  /// The number of samples.
  public var rowCount: Int { indices.count }

  /// How many samples each class has.
  public var counts: [Int] {
    var counts = [Int](repeating: 0, count: classes.count)
    for index in indices { counts[index] += 1 }
    return counts
  }

  /// Checks that every class has a row among `rows`.
  ///
  /// - Parameters:
  ///   - rows: places of samples.
  ///   - part: what these rows are, as "the training rows of fold 3".
  /// - Throws: ``DatasetError/classMissing(_:from:)``.
  public func requireEveryClass(among rows: some Sequence<Int>, of part: String) throws(DatasetError) {
    var isThere = [Bool](repeating: false, count: classes.count)
    for row in rows { isThere[indices[row]] = true }
    if let missing = isThere.firstIndex(of: false) { throw .classMissing(classes[missing], from: part) }
  }
}
