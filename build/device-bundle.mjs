import { runOnPinnedNode } from './bootstrap/run-on-pinned-node.mjs'

runOnPinnedNode('device-bundle')
