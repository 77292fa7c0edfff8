// SPDX-License-Identifier: GPL-3.0-or-later
/// Why a figure cannot be drawn: its title, the place in it, the rule.
public struct PlotError: Error, Equatable, CustomStringConvertible {
  /// The title of the figure.
  public let figure: String
  /// Where in the figure, as in `line "R(λ)", point 3`.
  public let place: String
  /// The rule that is broken.
  public let rule: String

  /// An error at `place` of `figure`.
  public init(figure: String, place: String, rule: String) {
    (self.figure, self.place, self.rule) = (figure, place, rule)
  }

  /// "figure "Risk", line "R(λ)", point 3: nan is not finite".
  public var description: String { "figure \"\(figure)\", \(place): \(rule)" }
}

/// A picture that can be drawn as SVG.
public protocol Drawing: Sendable {
  /// What it shows, in a few words.
  var title: String { get }
  /// What can be seen in it, in a sentence: the text for those who do not see it.
  var summary: String { get }

  /// The SVG element; the same text for the same figure.
  ///
  /// Colours and sizes of letters come from ``plotStyle``, which the page has once.
  ///
  /// - Parameter id: begins all ids in it; letters, digits and hyphens, and unique in its page.
  /// - Throws: ``PlotError`` where a number is not finite or there is nothing to draw.
  func drawn(id: String) throws(PlotError) -> Drawn
}

/// A figure as SVG, and what was left out of it.
public struct Drawn: Sendable, Equatable {
  /// The element `<svg>`.
  public let svg: String
  /// What its reader must know, such as how many marks of how many are drawn.
  public let notes: [String]
}
