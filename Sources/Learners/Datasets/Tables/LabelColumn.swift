// SPDX-License-Identifier: GPL-3.0-or-later
import DataTables
import Foundation

/// A column that is to be predicted: whether it is a class or a number.
public struct LabelColumn: Sendable, Equatable {
  /// The most whole numbers that are taken for classes, unless one says so, and the fewest rows of each.
  public static let mostNumbers = 10, fewestRows = 10

  /// Whether it is a class: texts for the most part, half as many as there are rows at most, or few whole numbers of several rows each.
  public let isClass: Bool
  /// How many whole numbers it has, where it is taken for a number and might be meant for classes: each has several rows on average.
  public let numbersLikeClasses: Int?

  /// What these cells are, in which a number may be written with a decimal comma; missing ones do not count.
  public init(cells: [String]) {
    let known = cells.filter { !MissingWord.isOne($0) }
    let counts = Dictionary(known.map { ($0, 1) }, uniquingKeysWith: +)
    let texts = known.count { Double($0.replacing(",", with: ".")) == nil }
    // A word among numbers is a slip, no class.
    if 2 * texts > known.count {
      (isClass, numbersLikeClasses) = (2 * counts.count <= known.count, nil)
      return
    }
    let areWhole = counts.count >= 2 && counts.keys.allSatisfy { LabelColumn.wholeNumber($0) != nil }
    isClass =
      areWhole && counts.count <= LabelColumn.mostNumbers
      && counts.values.allSatisfy { $0 >= LabelColumn.fewestRows }
    numbersLikeClasses =
      areWhole && !isClass && counts.count <= 50 && 5 * counts.count <= known.count ? counts.count : nil
  }

  /// 3 for "3", "3.0" and "03"; nil for what is no whole number.
  public static func wholeNumber(_ text: String) -> Int? {
    Double(text).flatMap { $0.rounded() == $0 && abs($0) < 1e15 ? Int($0) : nil }
  }

  /// The names of classes: 3 and 3.0 are one where all are whole numbers; texts stay as they are.
  ///
  /// - Returns: the names or, where all are numbers, the place of the first that is not whole.
  public static func classNames(_ cells: [String]) -> Result<[String], NotWhole> {
    guard cells.allSatisfy({ Double($0) != nil }) else { return .success(cells) }
    if let row = cells.firstIndex(where: { wholeNumber($0) == nil }) { return .failure(NotWhole(row: row)) }
    return .success(cells.compactMap { wholeNumber($0).map(String.init) })
  }

  /// A number that is not whole among numbers that are to be classes.
  public struct NotWhole: Error {
    /// The row, from 0.
    public let row: Int
  }
}
