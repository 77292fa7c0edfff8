// SPDX-License-Identifier: GPL-3.0-or-later
import ExactAlgebra

/// A centred joint Gaussian vector: its exact covariance Σ, and names for the blocks of coordinates.
///
/// Σ is symmetric and positive definite: an instance cannot be made otherwise.
public struct JointGaussian: Sendable {
  /// Σ, of size `dimension` × `dimension`.
  public let covariance: RationalMatrix
  /// The named blocks in order; together they cover all coordinates.
  public let blocks: [Block]

  /// A name and the coordinates, counted from 0, that it stands for.
  public struct Block: Sendable, Hashable {
    /// What the block is called, such as "x1".
    public let name: String
    /// Its coordinates.
    public let coordinates: Range<Int>
  }

  /// A Gaussian with covariance `covariance` whose coordinates fall into `blocks` of the given sizes, in order.
  ///
  /// - Throws: ``GaussianError`` where the sizes do not add up, or where Σ is not square, symmetric and positive definite.
  public init(covariance: RationalMatrix, blocks: KeyValuePairs<String, Int>) throws(GaussianError) {
    var start = 0
    var named: [Block] = []
    for (name, size) in blocks {
      guard size >= 1 else { throw .emptyBlock(name) }
      let (end, overflow) = start.addingReportingOverflow(size)
      guard !overflow, end <= max(covariance.rows, covariance.columns) else {
        throw .sizeMismatch(rows: covariance.rows, blocks: blocks.map { "\($0.key) \($0.value)" })
      }
      named.append(Block(name: name, coordinates: start..<end))
      start = end
    }
    guard start == covariance.rows else {
      throw .sizeMismatch(rows: covariance.rows, blocks: blocks.map { "\($0.key) \($0.value)" })
    }
    do { try covariance.requirePositiveDefinite() } catch { throw .invalidCovariance(error) }
    self.covariance = covariance
    self.blocks = named
  }

  /// A Gaussian from binary floating-point covariances, each taken as the exact rational that it is.
  ///
  /// - Throws: ``GaussianError`` as ``init(covariance:blocks:)``, and where an entry is not finite.
  public init(covariance: [[Double]], blocks: KeyValuePairs<String, Int>) throws(GaussianError) {
    var rows: [[Rational]] = []
    for (i, row) in covariance.enumerated() {
      var exact: [Rational] = []
      for (j, value) in row.enumerated() {
        do { exact.append(try Rational(exactly: value)) } catch { throw .invalidEntry(row: i, column: j, error) }
      }
      rows.append(exact)
    }
    let matrix: RationalMatrix
    do { matrix = try RationalMatrix(rows) } catch { throw .invalidCovariance(error) }
    try self.init(covariance: matrix, blocks: blocks)
  }

  /// The number of coordinates.
  public var dimension: Int { covariance.rows }

  /// The coordinates of the block called `name`.
  ///
  /// - Throws: ``GaussianError/unknownBlock(_:known:)``.
  public func coordinates(of name: String) throws(GaussianError) -> [Int] {
    guard let block = blocks.first(where: { $0.name == name }) else {
      throw .unknownBlock(name, known: blocks.map(\.name))
    }
    return Array(block.coordinates)
  }

  /// The cross-covariance cov(u, w) of two lists of coordinates.
  public func covariance(_ u: some Sequence<Int>, _ w: some Sequence<Int>) -> RationalMatrix {
    covariance.selecting(rows: u, columns: w)
  }

  /// The covariance of the coordinates outside of `given`, in their order, conditional on those in `given`.
  ///
  /// It is the Schur complement Σuu − Σug Σgg⁻¹ Σgu and does not depend on the values observed.
  ///
  /// - Throws: ``GaussianError/invalidCoordinates(_:)``.
  public func conditionalCovariance(given: [Int]) throws(GaussianError) -> RationalMatrix {
    try requireCoordinates(given)
    let rest = (0..<dimension).filter { !given.contains($0) }
    guard let schur = Elimination(covariance.selecting(given + rest), steps: given.count).schurComplement else {
      throw .invalidCovariance(.singular)
    }
    return schur
  }

  /// The Gaussian vector A·x, whose covariance is AΣAᵀ, as one block called `name`.
  ///
  /// - Throws: ``GaussianError/degenerateImage`` where the rows of A are linearly dependent.
  public func image(under map: RationalMatrix, name: String = "image") throws(GaussianError) -> JointGaussian {
    guard map.columns == dimension else { throw .mapSize(columns: map.columns, dimension: dimension) }
    let image = map * covariance * map.transposed
    guard image.determinant.signum > 0 else { throw .degenerateImage }
    return try JointGaussian(covariance: image, blocks: [name: map.rows])
  }

  func requireCoordinates(_ lists: [Int]...) throws(GaussianError) {
    var seen = Set<Int>()
    for coordinate in lists.joined() {
      guard (0..<dimension).contains(coordinate) else {
        throw .invalidCoordinates("coordinate \(coordinate) is outside of 0 ..< \(dimension)")
      }
      guard seen.insert(coordinate).inserted else {
        throw .invalidCoordinates("coordinate \(coordinate) is named twice")
      }
    }
  }
}
