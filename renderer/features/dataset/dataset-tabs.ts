import type { Component } from 'svelte'
import type { DatasetTabId } from './dataset-store.svelte.ts'
import MarksTab from '../marks/MarksTab.svelte'
import GroupsTab from './groups/GroupsTab.svelte'
import ImagesTab from './ImagesTab.svelte'
import ProblemsTab from './problems/ProblemsTab.svelte'

interface DatasetTab {
  readonly id: DatasetTabId
  readonly label: `dataset.tab.${DatasetTabId}`
  /** Shown while the project has images; takes everything from the app. */
  readonly component: Component
}

/** In the order of the work: what there is, what belongs together, where the defect lies, what is wrong. */
export const datasetTabs: readonly DatasetTab[] = [
  { id: 'images', label: 'dataset.tab.images', component: ImagesTab },
  { id: 'groups', label: 'dataset.tab.groups', component: GroupsTab },
  { id: 'marks', label: 'dataset.tab.marks', component: MarksTab },
  { id: 'problems', label: 'dataset.tab.problems', component: ProblemsTab },
]
