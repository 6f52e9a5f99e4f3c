import { mount } from 'svelte'
import App from './App.svelte'
import { AppState } from './features/app/app-state.ts'
import './styles/tokens.css'
import './styles/base.css'

const target = document.getElementById('app')
if (target === null) throw new Error('index.html has no #app element')

const app = new AppState(window.flawsmith)
void app.start()
mount(App, { target, props: { app } })
